using System.CommandLine;
using MedGemma.Agents.Evaluation;
using MedGemma.Agents.Evaluation.Suites;
using MedGemma.Agents.Evaluation.Suites.Running;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>Runs a prepared suite for a command.</summary>
internal static class SuiteRun
{
    /// <summary>Runs, reports, and says with the exit code whether every item was answered.</summary>
    public static async Task<int> ReportAsync(SuiteFiles files, ParseResult parsed, SuiteSession session, CancellationToken cancellationToken)
    {
        foreach (var note in session.Prepared.Notes)
            await parsed.InvocationConfiguration.Output.WriteLineAsync(note).ConfigureAwait(false);

        var run = await SuiteRunner
            .RunAsync(session.Prepared.Suite, session.Prepared.Manifest, files.RunOf(parsed), files.ConcurrencyOf(parsed), cancellationToken)
            .ConfigureAwait(false);
        await session.DemandSameModelsAsync(cancellationToken).ConfigureAwait(false);
        await files.ReportAsync(parsed, run, session.Time, cancellationToken).ConfigureAwait(false);
        var failed = run.Results.Count(result => result.Outcome == ItemOutcome.Failed);
        return failed == 0
            ? ExitCode.Done
            : throw new CommandRefusedException($"done, but {Amount.Of(failed, "item", "items")} failed; the same command puts them again");
    }

    /// <summary>Turns what a suite refuses, and what its files refuse, into one line.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (Exception unusable) when (unusable is EvaluationRefusedException or IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException(unusable.Message);
        }
    }
}
