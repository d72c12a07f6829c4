using System.CommandLine;
using MedGemma.Agents.Evaluation.Suites.Faults;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>Prepares one suite from the command line; the same for a run and for acceptance.</summary>
internal abstract class SuitePreparer
{
    /// <summary>Adds the options of the suite to a command.</summary>
    public abstract void AddTo(Command command);

    /// <summary>Whether a fault can touch anything that the suite uses.</summary>
    public abstract bool IsTouchedBy(InjectedFault fault, ParseResult parsed);

    /// <summary>Prepares a run.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="fault">The fault to inject.</param>
    /// <param name="cancellationToken">Cancels the preparation.</param>
    public abstract Task<SuiteSession> PrepareAsync(ParseResult parsed, InjectedFault fault, CancellationToken cancellationToken);
}
