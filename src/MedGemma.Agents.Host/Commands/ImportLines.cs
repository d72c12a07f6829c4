using MedGemma.Agents.Records.Importing;
using MedGemma.Agents.Records.Reading;

namespace MedGemma.Agents.Host.Commands;

/// <summary>Plain text: a line for each problem as it comes, nothing that moves.</summary>
internal sealed class ImportLines(TextWriter error) : ImportDisplay
{
    /// <inheritdoc/>
    public override Task<ImportSummary> RunAsync(Func<Action<ImportProgress>?, Action<ReadProblem>, Task<ImportSummary>> import) =>
        import(null, problem => error.WriteLine($"medgemma: {problem}"));
}
