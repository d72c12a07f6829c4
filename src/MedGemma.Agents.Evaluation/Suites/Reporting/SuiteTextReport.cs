using System.Globalization;
using MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;
using MedGemma.Agents.Evaluation.Statistics;

namespace MedGemma.Agents.Evaluation.Suites.Reporting;

/// <summary>Writes the figures of a suite's run as plain text; no question and no patient among them.</summary>
public static class SuiteTextReport
{
    private const int ProblemsShown = 10;

    /// <summary>Writes the report.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="summary">The figures.</param>
    public static void Write(TextWriter output, RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(summary);
        WriteCategories(output, summary.Categories);
        var conditions = summary.Run.Manifest.Conditions;
        var subject = summary.Run.Manifest.Subject;
        var fault = conditions.Fault == "none" ? string.Empty : $", fault {conditions.Fault}";
        output.WriteLine($"{conditions.Suite}: {summary.Run.Results.Count} items{PatientsOf(summary)} in {summary.Types.Count} types; {subject.Planner}{ModelOf(summary)}{fault}");
        if (conditions.Score == ScoreKind.CategoryMean)
            WriteShare(output, "mean of categories", summary.Score);

        WriteShare(output, "strict accuracy", summary.Accuracy);
        WriteShare(output, "wrong though sure", summary.WrongThoughSure);
        WriteShare(output, "unsure", summary.Unsure);
        WriteShare(output, "no answer", summary.Unanswered);
        foreach (var floor in summary.Floors)
            WriteShare(output, $"floor, {floor.Name}", floor.Score);

        output.WriteLine(summary.Patients > 0 ? $"({ClusteredProportion.Method}.)" : "(95 % intervals: Wilson with Student's t, each item on its own.)");
        WriteCosts(output, summary);
        WritePublished(output, conditions.Suite);
        foreach (var problem in summary.Problems.Take(ProblemsShown))
            output.WriteLine($"{problem.Value} without an answer: {problem.Key}");
    }

    private static void WriteCategories(TextWriter output, IReadOnlyList<CategorySummary> categories)
    {
        var width = Math.Max("category".Length, categories.Max(category => category.Name.Length));
        output.WriteLine($"{"category".PadRight(width)}  {"n",5} {"right",5} {"accuracy",8}  {"95 % interval",-17} {"wrong",5} {"unsure",6} {"none",4}");
        foreach (var category in categories)
        {
            output.WriteLine(
                $"{category.Name.PadRight(width)}  {category.Accuracy.Questions,5} {category.Right,5} {TextReport.Percent(category.Accuracy.Estimate),8}  "
                + $"{TextReport.Interval(category.Accuracy),-17} {category.Wrong,5} {category.Unsure,6} {category.Unanswered,4}");
        }

        output.WriteLine();
    }

    private static void WriteCosts(TextWriter output, RunSummary summary)
    {
        if (summary.Evidence is { } evidence)
            output.WriteLine($"gold evidence: precision {TextReport.Percent(evidence.Precision)}, recall {TextReport.Percent(evidence.Recall)}");

        if (summary.Tokens is { } tokens)
        {
            var items = (double)summary.Run.Results.Count;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"tokens: {tokens.Input} read, {tokens.Output} written in {tokens.Calls} calls; {tokens.Input / items:0} and {tokens.Output / items:0} an item"));
        }

        if (summary.Latency is { } latency)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"latency: p50 {latency.P50:0.0} ms, p95 {latency.P95:0.0} ms"));
    }

    private static void WritePublished(TextWriter output, string suite)
    {
        if (PublishedFigures.For(suite) is not { } published)
            return;

        output.WriteLine($"published: {string.Join(", ", published.Figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Model} {figure.Percent:0.0} %")))}");
        output.WriteLine($"({published.Caution})");
    }

    private static string PatientsOf(RunSummary summary) => summary.Patients == 0 ? string.Empty : $" about {summary.Patients} patients";

    private static string ModelOf(RunSummary summary) => summary.Run.Manifest.Subject.Model is { } model ? $" with {model}" : ", no model";

    private static void WriteShare(TextWriter output, string name, Proportion share) => TextReport.WriteShare(output, name, share);
}
