using System.Text.RegularExpressions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;
using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;
using MedGemma.Agents.Evaluation.QuestionAnswering.Running;
using MedGemma.Agents.Evaluation.QuestionAnswering.Scoring;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Reporting;

public sealed partial class HtmlReportTests
{
    private const string Hostile = """</td></table><script>alert('1')</script><img src=x onerror="alert(1)">&amp;""";

    [Fact]
    public void Hostile_text_is_encoded_wherever_it_comes_from()
    {
        var html = Render(HostileRun());

        Assert.Equal(1, ScriptTag().Count(html));
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        var encoded = System.Net.WebUtility.HtmlEncode(Hostile);
        // Id, patient, family (twice: its own table and the question's), question, gold, predicted text, audit (two parts), record problem, malformed file and reason.
        Assert.True(html.Split(encoded).Length - 1 >= 11, "every hostile field must appear, encoded");
    }

    [Fact]
    public void The_page_is_well_formed_with_hostile_text_in_it() => WellFormedPage.Demand(Render(HostileRun()));

    [Fact]
    public void The_page_loads_nothing_and_says_what_it_holds()
    {
        var html = Render(HostileRun());

        Assert.DoesNotMatch(@"<(link|img|iframe|object|embed|script\s+src)|url\(|@import|https?://", WithoutData(html));
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.Contains("role=\"note\"", html, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Sort_keys_are_whole_numbers()
    {
        var html = Render([Run(Lines.Question("[1]", "a", id: "1"), true), Run(Lines.Question("[1]", "a", id: "2"), false), Run(Lines.Question("[1]", "a", id: "3"), false)]);

        Assert.Contains("data-sort=\"333333\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_run_still_renders() => Assert.EndsWith("</html>\n", Render([]));

    private static string WithoutData(string html) => html.Replace(System.Net.WebUtility.HtmlEncode(Hostile), string.Empty, StringComparison.Ordinal);

    private static QuestionRun Run(EvaluationQuestion question, bool right) =>
        new(question, right ? Lines.Answered("[1]", question.Id) : Lines.Answered("[2]", question.Id), null, null);

    private static List<QuestionRun> HostileRun()
    {
        var question = Lines.Question(System.Text.Json.JsonSerializer.Serialize(new[] { Hostile })) with
        {
            Id = Hostile, Patient = Hostile, Template = Hostile, Text = Hostile,
        };
        var prediction = Lines.Answered(System.Text.Json.JsonSerializer.Serialize(new[] { Hostile + "!" })) with { Id = Hostile, Text = Hostile, Unit = Hostile };
        return [new QuestionRun(question, prediction, Hostile, new AuditResult(1, [new AuditMismatch(Hostile, Hostile)]))];
    }

    private static string Render(List<QuestionRun> runs) => HtmlReport.Render(
        EvaluationSummary.Of(runs, runs.Count == 0 ? [] : [new MalformedLine(Hostile, 1, Hostile)], new AnswerScorer(ScoringConventions.Default)),
        DateTimeOffset.UnixEpoch);

    [GeneratedRegex("<script", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptTag();
}
