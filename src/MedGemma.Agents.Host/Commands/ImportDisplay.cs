using MedGemma.Agents.Records.Importing;
using MedGemma.Agents.Records.Reading;

namespace MedGemma.Agents.Host.Commands;

/// <summary>Shows an import while it runs. Closed: <see cref="ImportProgressBar"/> on a terminal, <see cref="ImportLines"/> elsewhere.</summary>
internal abstract class ImportDisplay
{
    /// <summary>The display that suits where the output goes.</summary>
    /// <param name="output">Where the summary goes.</param>
    /// <param name="error">Where problems go.</param>
    public static ImportDisplay For(TextWriter output, TextWriter error) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected ? new ImportProgressBar(error) : new ImportLines(error);

    /// <summary>Runs the import and shows it.</summary>
    /// <param name="import">The import, given what it reports to.</param>
    public abstract Task<ImportSummary> RunAsync(Func<Action<ImportProgress>?, Action<ReadProblem>, Task<ImportSummary>> import);
}
