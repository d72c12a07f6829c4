using System.Collections.Frozen;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Inference.Deployment;

/// <summary>The models of section <c>MedGemma:Models</c> by key; none when nothing is configured, and the product works without.</summary>
/// <param name="ByKey">The models.</param>
public sealed record ConfiguredModels(FrozenDictionary<string, ModelOptions> ByKey)
{
    /// <summary>Name of the section.</summary>
    public const string Section = "MedGemma:Models";

    /// <summary>Keys in the order in which models are started: the largest file first, because it has the least choice of how to fit; models of servers last.</summary>
    public IReadOnlyList<string> StartOrder => [.. ByKey.OrderByDescending(model => File.Exists(model.Value.Path) ? new FileInfo(model.Value.Path).Length : -1)
        .ThenBy(model => model.Key, StringComparer.Ordinal).Select(model => model.Key)];

    /// <summary>CPU threads of a replica on this machine.</summary>
    /// <param name="options">Its model.</param>
    /// <param name="most">Most threads that may compute here.</param>
    /// <returns>As configured; otherwise the replica's share where several may run on the CPU, and 0, for all there may be, where it is alone.</returns>
    public int Threads(ModelOptions options, int most)
    {
        ArgumentNullException.ThrowIfNull(options);
        var onProcessor = ByKey.Values.SelectMany(model => model.Replicas).Count(replica => replica is "cpu" or "auto");
        return options.Threads > 0 || onProcessor < 2 ? options.Threads : Math.Max(1, most / onProcessor);
    }

    /// <summary>Reads and checks the models.</summary>
    /// <param name="configuration">Everything configured.</param>
    /// <exception cref="OptionsValidationException">A model cannot be used as it is configured; each failure says what to change.</exception>
    /// <exception cref="InvalidOperationException">A value has the wrong type, or a setting is not known.</exception>
    public static ConfiguredModels Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var models = new Dictionary<string, ModelOptions>(StringComparer.Ordinal);
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            // A setting spelt wrongly must not be taken for one left out.
            var options = new ModelOptions();
            section.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            if (options.Replicas.Count == 0 && !string.IsNullOrEmpty(options.Path))
                options.Replicas.Add("auto");

            models[section.Key] = options;
        }

        var failures = models.SelectMany(model => ModelOptionsValidation.Failures(model.Key, model.Value).Select(failure => $"{Section}:{model.Key}: {failure}")).ToList();
        return failures.Count == 0 ? new ConfiguredModels(models.ToFrozenDictionary(StringComparer.Ordinal)) : throw new OptionsValidationException(Options.DefaultName, typeof(ModelOptions), failures);
    }
}
