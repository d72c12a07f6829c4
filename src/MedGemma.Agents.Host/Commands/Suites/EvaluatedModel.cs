using System.CommandLine;
using MedGemma.Agents.Evaluation.Suites.RunFiles;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>The option that names a configured model.</summary>
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
    /// <param name="cancellationToken">Ends the wait for the model.</param>
    /// <exception cref="CommandRefusedException">The model cannot be told from others.</exception>
    public async Task<RunSubject> SubjectOfAsync(ParseResult parsed, IServiceProvider services, string planner, CancellationToken cancellationToken)
    {
        var key = parsed.GetValue(_model);
        var settings = await MeasuredModels.DescribeAsync(key is null ? [] : [key], services, cancellationToken).ConfigureAwait(false);
        return new RunSubject(planner, key, new Dictionary<string, string>(), settings);
    }
}
