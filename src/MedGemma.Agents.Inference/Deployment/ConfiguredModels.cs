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
