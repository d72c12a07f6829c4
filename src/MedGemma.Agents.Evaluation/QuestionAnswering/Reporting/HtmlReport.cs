using System.Globalization;
using System.Net;
using System.Text;
using MedGemma.Agents.Evaluation.QuestionAnswering.Scoring;
using MedGemma.Agents.Evaluation.Statistics;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;

/// <summary>
/// Renders a run as one HTML page that loads nothing. It names patients and quotes questions and answers, and says so; whatever comes
/// from the data set, the record or the answerer is encoded.
/// </summary>
internal static class HtmlReport
{
    private const int MismatchesShown = 200;

    /// <summary>Renders the page.</summary>
    /// <param name="summary">The figures.</param>
    /// <param name="at">When the run ended.</param>
    public static string Render(EvaluationSummary summary, DateTimeOffset at)
    {
        var page = new StringBuilder(64 * 1024);
        page.Append(HtmlTemplate.Head("Question answering evaluation"));
        page.Append(
            $"<p>{at.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC. {summary.Asked} questions about {summary.Patients} patients, {summary.Scored.Count} with a gold answer.</p>\n");
        AppendFigures(page, summary);
        AppendFamilies(page, summary);
        AppendQuestions(page, "Wrong though sure", summary.Scored.Where(question => question.IsWrongThoughSure));
        AppendQuestions(page, "Abstentions that the gold does not call for", summary.Scored.Where(question => question.IsAbstention && !question.IsRight));
        AppendQuestions(page, "Right", summary.Scored.Where(question => question.IsRight));
        AppendAudit(page, summary);
        AppendLeftOut(page, summary);
        return page.Append(HtmlTemplate.Foot).ToString();
    }

    private static void AppendFigures(StringBuilder page, EvaluationSummary summary)
    {
        page.Append("<h2>Figures</h2>\n<table><caption>Shares of the questions with a gold answer; ").Append(Encode(ClusteredProportion.Method))
            .Append("</caption>\n<thead><tr><th scope=\"col\">Figure</th><th scope=\"col\">Share</th><th scope=\"col\">95 % interval</th></tr></thead>\n<tbody>\n");
        AppendShare(page, "Strict accuracy", summary.Accuracy);
        AppendShare(page, "Mean of families", summary.FamilyMean);
        AppendShare(page, "Wrong though sure", summary.WrongThoughSure);
        AppendShare(page, "Abstentions", summary.Abstentions);
        foreach (var floor in summary.Floors)
            AppendShare(page, $"Floor: {floor.Name}", floor.Accuracy);

        page.Append("</tbody></table>\n");
        if (summary.Evidence is { } evidence)
        {
            page.Append(
                $"<p>Gold evidence over {evidence.Questions} questions: precision {TextReport.Percent(evidence.Precision)}, recall {TextReport.Percent(evidence.Recall)}.</p>\n");
        }

        if (summary.Latency is { } latency)
            page.Append(CultureInfo.InvariantCulture, $"<p>Latency: p50 {latency.P50:0.0} ms, p95 {latency.P95:0.0} ms.</p>\n");
    }

    private static void AppendShare(StringBuilder page, string name, Proportion? share)
    {
        page.Append($"<tr><th scope=\"row\">{Encode(name)}</th><td>{TextReport.Percent(share?.Estimate)}</td>");
        page.Append($"<td>{(share is null ? "-" : Interval(share))}</td></tr>\n");
    }

    private static void AppendFamilies(StringBuilder page, EvaluationSummary summary)
    {
        if (summary.Families.Count == 0)
            return;

        page.Append(HtmlTemplate.FamilyHead);
        foreach (var family in summary.Families)
        {
            page.Append($"<tr><th scope=\"row\">{Encode(family.Family)}</th><td>{family.Accuracy.Questions}</td><td>{family.Right}</td>");
            page.Append($"<td data-sort=\"{SortKey(family.Accuracy.Estimate)}\">{TextReport.Percent(family.Accuracy.Estimate)}</td>");
            page.Append($"<td data-sort=\"{SortKey(family.Accuracy.Lower)}\">{Interval(family.Accuracy)}</td>");
            page.Append($"<td>{family.Abstentions}</td><td>{family.WrongThoughSure}</td></tr>\n");
        }

        page.Append("</tbody></table>\n");
    }

    private static void AppendQuestions(StringBuilder page, string title, IEnumerable<ScoredQuestion> questions)
    {
        var rows = questions.ToList();
        page.Append($"<h2>{Encode(title)} ({rows.Count})</h2>\n");
        if (rows.Count == 0)
            return;

        page.Append($"<details><summary>Show {rows.Count} questions</summary>\n<table><caption>{Encode(title)}</caption>\n").Append(HtmlTemplate.QuestionHead);
        foreach (var row in rows)
        {
            page.Append($"<tr><th scope=\"row\">{Encode(row.Question.Id)}</th><td>{Encode(row.Question.Patient)}</td><td>{Encode(row.Family)}</td>");
            page.Append($"<td>{Encode(row.Question.Text)}</td><td>{Encode(AnswerText.Of(row.Question.Gold))}</td>");
            page.Append($"<td>{Encode(AnswerText.Of(row.Prediction))}</td><td>{Encode(row.Prediction.Text)}</td></tr>\n");
        }

        page.Append("</tbody></table></details>\n");
    }

    private static void AppendAudit(StringBuilder page, EvaluationSummary summary)
    {
        if (summary.Audit is not { } audit)
            return;

        page.Append($"<h2>Evidence evaluated again</h2>\n<p>{audit.Checked} checked, {audit.Mismatches.Count} mismatched.</p>\n");
        AppendList(page, audit.Mismatches.Select(mismatch => $"{mismatch.Where}: {mismatch.Reason}").ToList());
    }

    private static void AppendLeftOut(StringBuilder page, EvaluationSummary summary)
    {
        if (summary.Malformed.Count + summary.RecordProblems.Count == 0)
            return;

        page.Append("<h2>Left out</h2>\n");
        AppendList(page, summary.RecordProblems.Select(problem => $"{problem.Value} questions: {problem.Key}").ToList());
        AppendList(page, summary.Malformed.Select(line => line.ToString()).ToList());
    }

    private static void AppendList(StringBuilder page, List<string> items)
    {
        if (items.Count == 0)
            return;

        page.Append("<ul>\n");
        foreach (var item in items.Take(MismatchesShown))
            page.Append($"<li>{Encode(item)}</li>\n");

        if (items.Count > MismatchesShown)
            page.Append($"<li>and {items.Count - MismatchesShown} more</li>\n");

        page.Append("</ul>\n");
    }

    private static string Interval(Proportion share) => $"{TextReport.Percent(share.Lower)} to {TextReport.Percent(share.Upper)}";

    // A whole number, because the script's numeric order takes digits on both sides of a point for two numbers.
    private static long SortKey(double share) => (long)Math.Round(share * 1_000_000);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
