using System.Globalization;
using MedGemma.Agents.Records.Importing;
using MedGemma.Agents.Records.Reading;
using Spectre.Console;

namespace MedGemma.Agents.Host.Commands;

/// <summary>A progress bar with the rate; problems are listed when it has ended, so that they do not tear it.</summary>
internal sealed class ImportProgressBar(TextWriter error) : ImportDisplay
{
    private const int MostProblems = 1_000;

    /// <inheritdoc/>
    public override async Task<ImportSummary> RunAsync(Func<Action<ImportProgress>?, Action<ReadProblem>, Task<ImportSummary>> import)
    {
        var problems = new List<ReadProblem>();
        var further = 0L;
        try
        {
            return await AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(context =>
                {
                    var bar = context.AddTask("importing");
                    return import(progress => Show(bar, progress), problem =>
                    {
                        if (problems.Count < MostProblems)
                            problems.Add(problem);
                        else
                            further++;
                    });
                }).ConfigureAwait(false);
        }
        finally
        {
            foreach (var problem in problems)
                await error.WriteLineAsync($"medgemma: {problem}").ConfigureAwait(false);
            if (further > 0)
                await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"medgemma: and {further:N0} more; redirect the output to see them all")).ConfigureAwait(false);
        }
    }

    private static void Show(ProgressTask bar, ImportProgress progress)
    {
        bar.MaxValue = Math.Max(1, progress.BytesTotal);
        bar.Value = progress.BytesRead;
        bar.Description = string.Create(CultureInfo.InvariantCulture, $"{progress.Read:N0} resources, {progress.Rate:N0} a second");
    }
}
