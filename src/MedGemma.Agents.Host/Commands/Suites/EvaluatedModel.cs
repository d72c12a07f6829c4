using System.CommandLine;
using System.Globalization;
using MedGemma.Agents.Evaluation.Suites.RunFiles;
using MedGemma.Agents.Host.Composition.Agents;
using MedGemma.Agents.Inference.Deployment;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>The option that names a configured model, and what a run file says of that model.</summary>
internal sealed class EvaluatedModel
{
    private readonly Option<string?> _model;

    public EvaluatedModel(bool required) => _model = new Option<string?>("--model")
    {
        Description = "Key of the model under MedGemma:Models.",
        HelpName = "KEY",
        Required = required,
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_model);

    /// <summary>The model; null when none was named.</summary>
    /// <exception cref="CommandRefusedException">No model is configured under the key.</exception>
    public IChatClient? Of(ParseResult parsed, IServiceProvider services)
    {
        if (parsed.GetValue(_model) is not { } key)
            return null;

        return services.GetKeyedService<IChatClient>(key) ?? throw new CommandRefusedException($"--model: no model is configured as MedGemma:Models:{key}");
    }

    /// <summary>What is measured.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="services">The services of the run.</param>
    /// <param name="planner">Name of the planner or agent.</param>
    public RunSubject SubjectOf(ParseResult parsed, IServiceProvider services, string planner)
    {
        var key = parsed.GetValue(_model);
        var settings = new SortedDictionary<string, string>(key is null ? [] : Describe(key, services), StringComparer.Ordinal);
        return new RunSubject(planner, key, new Dictionary<string, string>(), settings);
    }

    /// <summary>What a run file says of a configured model; nothing when none is configured under the key.</summary>
    /// <param name="key">The model's key.</param>
    /// <param name="services">The services of the run.</param>
    public static Dictionary<string, string> Describe(string key, IServiceProvider services)
    {
        var settings = new Dictionary<string, string>();
        if (!services.GetRequiredService<ConfiguredModels>().ByKey.TryGetValue(key, out var options))
            return settings;

        settings[$"model {key}: name"] = options.Name ?? key;
        settings[$"model {key}: context length"] = options.ContextLength.ToString(CultureInfo.InvariantCulture);
        if (options.Path is { } path && File.Exists(path))
            settings[$"model {key}: file"] = ModelFingerprint.Of(path);

        return settings;
    }
}
