using MedGemma.Agents.Evaluation.Suites.Faults;
using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Evaluation.Suites.Running;

/// <summary>Puts the items of a suite, several at once, keeps a journal, and writes the run file when all are done.</summary>
public static class SuiteRunner
{
    /// <summary>Runs a suite, or goes on with the run that a kill or a failure interrupted.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="manifest">What is run.</param>
    /// <param name="path">Where the run file goes; the journal lies beside it until then.</param>
    /// <param name="concurrency">Most items put at once, at least 1.</param>
    /// <param name="cancellationToken">Stops the run; what was answered stays in the journal.</param>
    /// <exception cref="EvaluationRefusedException">The journal beside the file is of another run.</exception>
    /// <exception cref="IOException">A file cannot be written, or another process is at this run.</exception>
    public static async Task<Run> RunAsync(ISuite suite, RunManifest manifest, string path, int concurrency, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentOutOfRangeException.ThrowIfLessThan(concurrency, 1);
        using var journal = RunJournal.Open(path, manifest);
        var results = new ItemResult[suite.Items.Count];
        var done = journal.Done.ToDictionary(result => result.Id, StringComparer.Ordinal);
        var open = new List<(int Place, SuiteItem Item)>();
        foreach (var (place, item) in suite.Items.Index())
        {
            if (done.TryGetValue(item.Id, out var result))
                results[place] = result;
            else
                open.Add((place, item));
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var down = manifest.Conditions.Fault == InjectedFault.ModelDown.Name;
        var put = suite.Begin([.. open.Select(entry => entry.Item)], stop.Token);
        try
        {
            await Parallel.ForEachAsync(
                open,
                new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken },
                async (entry, token) =>
                {
                    var result = await PutAsync(put, entry.Item, down, token).ConfigureAwait(false);
                    journal.Append(result);
                    results[entry.Place] = result;
                }).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }

        var run = new Run(manifest, results);
        await RunFile.WriteAsync(path, run, cancellationToken).ConfigureAwait(false);

        // What failed is put again when the same run is started again, so its journal stays; under an injected fault items are meant to fail.
        if (manifest.Conditions.Fault != InjectedFault.None.Name || !Array.Exists(results, result => result.Outcome == ItemOutcome.Failed))
            journal.Remove();

        return run;
    }

    private static async Task<ItemResult> PutAsync(
        Func<SuiteItem, CancellationToken, Task<ItemAnswer>> put, SuiteItem item, bool down, CancellationToken cancellationToken)
    {
        var tally = TokenMeter.Begin(down);
        try
        {
            var answer = await put(item, cancellationToken).ConfigureAwait(false);
            return ItemResult.Of(item, answer, tally.Total);
        }
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested)
        {
            // A run of hours must not end at its first broken item. Only the type: the message may quote a record.
            return ItemResult.Of(item, ItemAnswer.Failure(broken.GetType().Name), tally.Total);
        }
    }
}
