using System.Globalization;
using System.Net;
using System.Text;
using MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;
using MedGemma.Agents.Evaluation.Statistics;

namespace MedGemma.Agents.Evaluation.Suites.Reporting;

/// <summary>
/// Renders a suite's run as one HTML page that loads nothing. It names patients and quotes questions and answers, and says so; whatever comes from the data, the
/// record or the model is encoded.
/// </summary>
public static class SuiteHtmlReport
{
    private const int ItemsShown = 500;

    /// <summary>Writes the page.</summary>
    /// <param name="path">Where to; an earlier file is replaced in one step.</param>
    /// <param name="summary">The figures.</param>
    /// <param name="at">When the run ended.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, RunSummary summary, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var file = ReplacementFile.Create(path);
        await using (file.ConfigureAwait(false))
        {
            await file.Stream.WriteAsync(Encoding.UTF8.GetBytes(Render(summary, at)), cancellationToken).ConfigureAwait(false);
            await file.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Renders the page.</summary>
    /// <param name="summary">The figures.</param>
    /// <param name="at">When the run ended.</param>
    public static string Render(RunSummary summary, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var results = summary.Run.Results;
        var page = new StringBuilder(64 * 1024);
        page.Append(HtmlTemplate.Head("Suite evaluation"));
        page.Append(CultureInfo.InvariantCulture, $"<p>{at.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC. {results.Count} items about {summary.Patients} patients.</p>\n");
        AppendFigures(page, summary);
        AppendPublished(page, summary);
        AppendGroups(page, "Categories", summary.Categories);
        AppendGroups(page, "Types", summary.Types);
        AppendManifest(page, summary);
        AppendItems(page, "Wrong though sure", results.Where(result => result.IsWrongThoughSure));
        AppendItems(page, "Left open although the gold is not", results.Where(result => result.Outcome == ItemOutcome.Unsure));
        AppendItems(page, "No answer", results.Where(result => result.Outcome is ItemOutcome.Unreadable or ItemOutcome.Failed));
        AppendItems(page, "Right", results.Where(result => result.IsRight));
        return page.Append(HtmlTemplate.Foot).ToString();
    }

    private static void AppendFigures(StringBuilder page, RunSummary summary)
    {
        page.Append("<h2>Figures</h2>\n<table><caption>").Append(Encode(ClusteredProportion.Method))
            .Append("</caption>\n<thead><tr><th scope=\"col\">Figure</th><th scope=\"col\">Share</th><th scope=\"col\">95 % interval</th></tr></thead>\n<tbody>\n");
        AppendShare(page, summary.Run.Manifest.Conditions.Score == ScoreKind.CategoryMean ? "Score: mean of categories" : "Score: strict accuracy", summary.Score);
        AppendShare(page, "Strict accuracy", summary.Accuracy);
        AppendShare(page, "Wrong though sure", summary.WrongThoughSure);
        AppendShare(page, "Unsure", summary.Unsure);
        AppendShare(page, "No answer", summary.Unanswered);
        foreach (var floor in summary.Floors)
            AppendShare(page, $"Floor: {floor.Name}", floor.Score);

        page.Append("</tbody></table>\n");
        if (summary.Evidence is { } evidence)
            page.Append($"<p>Gold evidence: precision {TextReport.Percent(evidence.Precision)}, recall {TextReport.Percent(evidence.Recall)}.</p>\n");

        if (summary.Tokens is { } tokens)
            page.Append(CultureInfo.InvariantCulture, $"<p>Tokens: {tokens.Input} read, {tokens.Output} written in {tokens.Calls} calls.</p>\n");

        if (summary.Latency is { } latency)
            page.Append(CultureInfo.InvariantCulture, $"<p>Latency: p50 {latency.P50:0.0} ms, p95 {latency.P95:0.0} ms.</p>\n");
    }

    private static void AppendShare(StringBuilder page, string name, Proportion share) =>
        page.Append($"<tr><th scope=\"row\">{Encode(name)}</th><td>{TextReport.Percent(share.Estimate)}</td><td>{TextReport.Interval(share)}</td></tr>\n");

    private static void AppendPublished(StringBuilder page, RunSummary summary)
    {
        if (PublishedFigures.For(summary.Run.Manifest.Conditions.Suite) is not { } published)
            return;

        page.Append($"<h2>Published figures</h2>\n<table><caption>{Encode(published.Caution)}</caption>\n");
        page.Append("<thead><tr><th scope=\"col\">Model</th><th scope=\"col\">Published</th></tr></thead>\n<tbody>\n");
        foreach (var figure in published.Figures)
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Encode(figure.Model)}</th><td>{figure.Percent:0.0} %</td></tr>\n");

        page.Append("</tbody></table>\n");
    }

    private static void AppendGroups(StringBuilder page, string title, IReadOnlyList<CategorySummary> groups)
    {
        page.Append($"<h2>{title}</h2>\n<table data-sortable=\"\"><caption>The column headings sort</caption>\n<thead><tr>");
        foreach (var column in new[] { "Name", "Items", "Right", "Accuracy", "95 % interval", "Wrong though sure", "Unsure", "No answer" })
            page.Append($"<th scope=\"col\"><button type=\"button\">{column}</button></th>");

        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var group in groups)
        {
            page.Append($"<tr><th scope=\"row\">{Encode(group.Name)}</th><td>{group.Accuracy.Questions}</td><td>{group.Right}</td>");
            page.Append($"<td data-sort=\"{SortKey(group.Accuracy.Estimate)}\">{TextReport.Percent(group.Accuracy.Estimate)}</td>");
            page.Append($"<td data-sort=\"{SortKey(group.Accuracy.Lower)}\">{TextReport.Interval(group.Accuracy)}</td>");
            page.Append($"<td>{group.Wrong}</td><td>{group.Unsure}</td><td>{group.Unanswered}</td></tr>\n");
        }

        page.Append("</tbody></table>\n");
    }

    private static void AppendManifest(StringBuilder page, RunSummary summary)
    {
        var manifest = summary.Run.Manifest;
        page.Append("<h2>What was run</h2>\n<table><caption>As the run file says</caption>\n<thead><tr><th scope=\"col\">What</th><th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
        AppendRow(page, "suite", manifest.Conditions.Suite);
        AppendRow(page, "planner", manifest.Subject.Planner);
        AppendRow(page, "model", manifest.Subject.Model ?? "none");
        AppendRow(page, "fault", manifest.Conditions.Fault);
        AppendRow(page, "questions (SHA-256)", manifest.Conditions.Questions);
        AppendRow(page, "data (SHA-256)", manifest.Conditions.Data);
        foreach (var (name, value) in manifest.Conditions.Settings.Concat(manifest.Subject.Settings).Concat(manifest.Subject.Agents).Concat(manifest.Versions))
            AppendRow(page, name, value);

        page.Append("</tbody></table>\n");
    }

    private static void AppendRow(StringBuilder page, string name, string value) =>
        page.Append($"<tr><th scope=\"row\">{Encode(name)}</th><td>{Encode(value)}</td></tr>\n");

    private static void AppendItems(StringBuilder page, string title, IEnumerable<ItemResult> items)
    {
        var rows = items.ToList();
        page.Append($"<h2>{Encode(title)} ({rows.Count})</h2>\n");
        if (rows.Count == 0)
            return;

        page.Append($"<details><summary>Show {Math.Min(rows.Count, ItemsShown)} of {rows.Count}</summary>\n<table><caption>{Encode(title)}</caption>\n<thead><tr>");
        foreach (var column in new[] { "Id", "Patient", "Type", "Question", "Gold", "Said", "Problem" })
            page.Append($"<th scope=\"col\">{column}</th>");

        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in rows.Take(ItemsShown))
        {
            page.Append($"<tr><th scope=\"row\">{Encode(row.Id)}</th><td>{Encode(row.Patient ?? "-")}</td><td>{Encode(row.Type)}</td><td>{Encode(row.Question)}</td>");
            page.Append($"<td>{Encode(row.Gold)}</td><td>{Encode(row.Said)}</td><td>{Encode(row.Problem ?? string.Empty)}</td></tr>\n");
        }

        page.Append("</tbody></table></details>\n");
    }

    // A whole number, because the script's numeric order takes digits on both sides of a point for two numbers.
    private static long SortKey(double share) => (long)Math.Round(share * 1_000_000);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
