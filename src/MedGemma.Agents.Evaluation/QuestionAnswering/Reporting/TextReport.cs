using System.Globalization;
using MedGemma.Agents.Evaluation.Statistics;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;

/// <summary>Writes the figures of a run as plain text for a terminal or a log; questions and patients are left to the HTML report.</summary>
internal static class TextReport
{
    private const int MalformedShown = 20;

    /// <summary>Writes the report.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="summary">The figures.</param>
    public static void Write(TextWriter output, EvaluationSummary summary)
    {
        WriteFamilies(output, summary);
        output.WriteLine($"{summary.Asked} questions about {summary.Patients} patients, {summary.Scored.Count} with a gold answer.");
        WriteShare(output, "strict accuracy", summary.Accuracy);
        WriteShare(output, "mean of families", summary.FamilyMean);
        WriteShare(output, "wrong though sure", summary.WrongThoughSure);
        WriteShare(output, "abstentions", summary.Abstentions);
        foreach (var floor in summary.Floors)
            WriteShare(output, $"floor, {floor.Name}", floor.Accuracy);

        if (summary.Scored.Count > 0)
            output.WriteLine($"({ClusteredProportion.Method}.)");

        if (summary.Evidence is { } evidence)
        {
            output.WriteLine(
                $"gold evidence: precision {Percent(evidence.Precision)}, recall {Percent(evidence.Recall)} over {evidence.Questions} questions");
        }

        if (summary.Latency is { } latency)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"latency: p50 {latency.P50:0.0} ms, p95 {latency.P95:0.0} ms"));

        if (summary.Audit is { } audit)
            output.WriteLine($"evidence: {audit.Checked} checked, {audit.Mismatches.Count} mismatched");

        foreach (var problem in summary.RecordProblems)
            output.WriteLine($"{problem.Value} questions not put: {problem.Key}");

        WriteMalformed(output, summary);
    }

    /// <summary>A share in percent with one decimal; a dash when there is none.</summary>
    /// <param name="share">0 to 1.</param>
    public static string Percent(double? share) =>
        share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.0} %") : "-";

    private static void WriteFamilies(TextWriter output, EvaluationSummary summary)
    {
        if (summary.Families.Count == 0)
            return;

        var width = Math.Max("family".Length, summary.Families.Max(family => family.Family.Length));
        output.WriteLine($"{"family".PadRight(width)}  {"n",5} {"right",5} {"accuracy",8}  {"95 % interval",-17} {"unsure",6} {"wrong",5}");
        foreach (var family in summary.Families)
        {
            output.WriteLine(
                $"{family.Family.PadRight(width)}  {family.Accuracy.Questions,5} {family.Right,5} {Percent(family.Accuracy.Estimate),8}  "
                + $"{Interval(family.Accuracy),-17} {family.Abstentions,6} {family.WrongThoughSure,5}");
        }

        output.WriteLine();
    }

    /// <summary>Writes a share with its interval on one line; nothing when there is none.</summary>
    public static void WriteShare(TextWriter output, string name, Proportion? share)
    {
        if (share is not null)
            output.WriteLine($"{name,-20} {Percent(share.Estimate),8}  {Interval(share)}");
    }

    /// <summary>The 95 % interval of a share.</summary>
    public static string Interval(Proportion share) => $"{Percent(share.Lower)} to {Percent(share.Upper)}";

    private static void WriteMalformed(TextWriter output, EvaluationSummary summary)
    {
        if (summary.Malformed.Count == 0)
            return;

        output.WriteLine($"{summary.Malformed.Count} malformed question lines left out:");
        foreach (var line in summary.Malformed.Take(MalformedShown))
            output.WriteLine($"  {line}");

        if (summary.Malformed.Count > MalformedShown)
            output.WriteLine($"  and {summary.Malformed.Count - MalformedShown} more");
    }
}
