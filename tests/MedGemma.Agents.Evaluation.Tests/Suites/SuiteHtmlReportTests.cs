using MedGemma.Agents.Evaluation.Suites.Reporting;

namespace MedGemma.Agents.Evaluation.Tests.Suites;

public sealed class SuiteHtmlReportTests
{
    [Fact]
    public void What_comes_from_data_or_model_is_encoded_and_nothing_is_loaded()
    {
        var run = Runs.Of("rwuxf");
        var hostile = run with
        {
            Results = [.. run.Results.Select(result => result with { Question = "<script>alert(1)</script>", Said = "<img src=x>", Category = "\"><b>", Problem = "a & b" })],
        };

        var html = SuiteHtmlReport.Render(RunSummary.Of(hostile), DateTimeOffset.UnixEpoch);

        WellFormedPage.Demand(html);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
    }

    [Fact]
    public void It_shows_what_was_run_and_each_kind_of_outcome()
    {
        var html = SuiteHtmlReport.Render(RunSummary.Of(Runs.Of("rrwuxf", model: "tiny-27b")), DateTimeOffset.UnixEpoch);

        Assert.Contains("tiny-27b", html, StringComparison.Ordinal);
        foreach (var heading in new[] { "Wrong though sure (1)", "Left open although the gold is not (1)", "No answer (2)", "Right (2)" })
            Assert.Contains(heading, html, StringComparison.Ordinal);
    }
}
