using System.CommandLine;
using MedGemma.Agents.Evaluation.Suites.Faults;
using MedGemma.Agents.Evaluation.Suites.Preparing;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>Prepares one suite from the command line; the same for a run and for acceptance.</summary>
internal abstract class SuitePreparer
{
    /// <summary>Adds the options of the suite to a command.</summary>
    public abstract void AddTo(Command command);

    /// <summary>Prepares a run.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="fault">The fault to inject.</param>
    /// <param name="cancellationToken">Cancels the preparation.</param>
    public abstract Task<SuiteSession> PrepareAsync(ParseResult parsed, InjectedFault fault, CancellationToken cancellationToken);

    /// <summary>Makes a session that owns its services and its folder; both go when the suite cannot be prepared.</summary>
    /// <param name="services">The services of the run.</param>
    /// <param name="folder">The folder that its patients are written to, or null.</param>
    /// <param name="prepare">Prepares the suite.</param>
    protected static async Task<SuiteSession> OwnAsync(ServiceProvider services, TemporaryFolder? folder, Func<Task<PreparedSuite>> prepare)
    {
        try
        {
            return new SuiteSession(await prepare().ConfigureAwait(false), services, folder);
        }
        catch
        {
            await services.DisposeAsync().ConfigureAwait(false);
            folder?.Dispose();
            throw;
        }
    }
}
