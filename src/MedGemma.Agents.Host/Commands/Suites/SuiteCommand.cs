using System.CommandLine;
using MedGemma.Agents.Evaluation.Suites.Faults;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>One suite as a verb of <c>medgemma eval</c>.</summary>
internal static class SuiteCommand
{
    /// <summary>Creates the verb.</summary>
    /// <param name="name">Name of the suite.</param>
    /// <param name="description">What it asks.</param>
    /// <param name="preparer">Prepares it.</param>
    public static Command Create(string name, string description, SuitePreparer preparer)
    {
        var files = new SuiteFiles();
        var command = new Command(name, description);
        files.AddTo(command);
        preparer.AddTo(command);
        command.SetAction((parsed, cancellationToken) => SuiteRun.GuardAsync(async () =>
        {
            files.DemandUsable(parsed);
            var session = await preparer.PrepareAsync(parsed, InjectedFault.None, cancellationToken).ConfigureAwait(false);
            await using var _ = session.ConfigureAwait(false);
            return await SuiteRun.ReportAsync(files, parsed, session, cancellationToken).ConfigureAwait(false);
        }));
        return command;
    }
}
