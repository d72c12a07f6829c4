using System.Globalization;
using MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;
using MedGemma.Agents.Evaluation.Statistics;
using MedGemma.Agents.Evaluation.Suites.Reporting;
using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Evaluation.Suites.Comparing;

/// <summary>Writes a comparison as plain text. The items that changed are named by their ids; their texts are in the run files.</summary>
public static class ComparisonTextReport
{
    private const int ItemsShown = 40;

    /// <summary>Writes the report.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="comparison">The comparison.</param>
    public static void Write(TextWriter output, RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(comparison);
        WriteSubject(output, "A", comparison.First);
        WriteSubject(output, "B", comparison.Second);
        WriteDiffering(output, comparison);
        output.WriteLine($"{string.Empty,-20} {"A",8} {"B",8} {"B - A",9}  95 % interval");
        WriteShare(output, "score", comparison.First.Score, comparison.Second.Score, comparison.Score);
        WriteShare(output, "wrong though sure", comparison.First.WrongThoughSure, comparison.Second.WrongThoughSure, comparison.WrongThoughSure);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"right in A only {comparison.Test.OnlyFirst}, in B only {comparison.Test.OnlySecond}: McNemar exact p = {comparison.Test.PValue:0.0000}, bootstrap p = {comparison.Score.PValue:0.0000}"));
        output.WriteLine(comparison.First.Patients > 0
            ? $"({PairedBootstrap.Method}. McNemar's test takes the questions of one patient for independent and is too sure here.)"
            : "(95 % intervals of differences: percentile bootstrap of items, 10,000 draws.)");
        WriteCosts(output, comparison);
        WriteItems(output, "lost", comparison.Lost);
        WriteItems(output, "gained", comparison.Gained);
        WriteItems(output, "otherwise changed", comparison.Shifted);
    }

    private static void WriteSubject(TextWriter output, string name, RunSummary summary)
    {
        var subject = summary.Run.Manifest.Subject;
        output.WriteLine($"{name}: {subject.Planner}, {subject.Model ?? "no model"}");
    }

    private static void WriteDiffering(TextWriter output, RunComparison comparison)
    {
        var differing = RunFit.Differences(comparison.First.Run.Manifest, comparison.Second.Run.Manifest);
        output.WriteLine(differing.Count == 0 ? "nothing that was run differs" : $"what was run differs in: {string.Join(", ", differing)}");
    }

    private static void WriteShare(TextWriter output, string name, Proportion first, Proportion second, PairedDifference difference)
    {
        var verdict = difference.IsSignificant ? "significant" : "not significant";
        output.WriteLine(
            $"{name,-20} {TextReport.Percent(first.Estimate),8} {TextReport.Percent(second.Estimate),8} {Signed(difference.Estimate),9}  {Signed(difference.Lower)} to {Signed(difference.Upper)}, {verdict}");
    }

    private static void WriteCosts(TextWriter output, RunComparison comparison)
    {
        if (comparison.First.Evidence is { } a && comparison.Second.Evidence is { } b)
        {
            output.WriteLine(
                $"gold evidence: precision {TextReport.Percent(a.Precision)} and {TextReport.Percent(b.Precision)}, recall {TextReport.Percent(a.Recall)} and {TextReport.Percent(b.Recall)}");
        }

        if (comparison.First.Tokens is not null || comparison.Second.Tokens is not null)
            output.WriteLine($"tokens written: {comparison.First.Tokens?.Output ?? 0} and {comparison.Second.Tokens?.Output ?? 0}");

        if (comparison.First.Latency is { } first && comparison.Second.Latency is { } second)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"latency: p50 {first.P50:0.0} and {second.P50:0.0} ms, p95 {first.P95:0.0} and {second.P95:0.0} ms"));
        }
    }

    private static void WriteItems(TextWriter output, string what, IReadOnlyList<ChangedItem> items)
    {
        if (items.Count == 0)
            return;

        output.WriteLine($"{what} ({items.Count}):");
        foreach (var item in items.Take(ItemsShown))
            output.WriteLine($"  {item.First.Id}  {item.First.Type}  {Word(item.First)} -> {Word(item.Second)}");

        if (items.Count > ItemsShown)
            output.WriteLine($"  and {items.Count - ItemsShown} more");
    }

    private static string Word(ItemResult result) => result.Outcome.ToString().ToLowerInvariant();

    private static string Signed(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:+0.0;-0.0;0.0} %");
}
