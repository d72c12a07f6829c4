using MedGemma.Agents.Evaluation.Suites;
using MedGemma.Agents.Evaluation.Suites.Comparing;
using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Evaluation.Tests.Suites;

public sealed class RunComparisonTests
{
    [Fact]
    public void Items_that_changed_are_told_apart()
    {
        var comparison = RunComparison.Of(Runs.Of("rrwwu"), Runs.Of("rwrwx", model: "other"));

        Assert.Equal(["1"], comparison.Lost.Select(item => item.First.Id));
        Assert.Equal(["2"], comparison.Gained.Select(item => item.First.Id));
        Assert.Equal(["4"], comparison.Shifted.Select(item => item.First.Id));
        Assert.Equal(0, comparison.Score.Estimate, 12);
    }

    [Fact]
    public void Runs_are_paired_by_id_and_not_by_place()
    {
        var run = Runs.Of("rwrwrwrwrw");
        var turned = run with { Results = [.. run.Results.Reverse()] };

        var comparison = RunComparison.Of(run, turned);

        Assert.Empty(comparison.Lost.Concat(comparison.Gained).Concat(comparison.Shifted));
        Assert.Equal((0.0, 0.0, 0.0), (comparison.Score.Estimate, comparison.Score.Lower, comparison.Score.Upper));
    }

    [Theory]
    [InlineData("questions")]
    [InlineData("data")]
    [InlineData("suite")]
    [InlineData("fault")]
    [InlineData("zone")]
    [InlineData("score")]
    [InlineData("items")]
    public void Runs_that_do_not_fit_are_refused_by_what_differs(string what)
    {
        var first = Runs.Of("rrrrr");
        var conditions = first.Manifest.Conditions;
        var other = what switch
        {
            "questions" => conditions with { Questions = "x" },
            "data" => conditions with { Data = "x" },
            "suite" => conditions with { Suite = "x" },
            "fault" => conditions with { Fault = "x" },
            "score" => conditions with { Score = ScoreKind.CategoryMean },
            _ => conditions with { Settings = new Dictionary<string, string> { ["zone"] = what == "zone" ? "Europe/Berlin" : "UTC" } },
        };
        var second = first with { Manifest = first.Manifest with { Conditions = other, Items = what == "items" ? 6 : 5 } };

        var refused = Assert.Throws<EvaluationRefusedException>(() => RunComparison.Of(first, second));

        Assert.Equal($"the two runs do not fit: they differ in {what}", refused.Message);
    }

    [Fact]
    public void A_category_mean_weighs_categories_alike()
    {
        Run Of(bool second) => new(
            Runs.Manifest(10, score: ScoreKind.CategoryMean),
            [.. Enumerable.Range(0, 10).Select(i => Runs.Result($"{i}", second && i == 9 ? ItemOutcome.Right : ItemOutcome.Wrong, $"p{i}", i == 9 ? "rare" : "frequent"))]);

        Assert.Equal(0.5, RunComparison.Of(Of(false), Of(true)).Score.Estimate, 12);
    }

    [Fact]
    public void The_text_names_changed_items_by_id_and_quotes_nothing()
    {
        var output = new StringWriter();

        ComparisonTextReport.Write(output, RunComparison.Of(Runs.Of("rrrrrrrrrr"), Runs.Of("rrrrwrrrrr", model: "other")));

        Assert.Contains("lost (1):", output.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"  4  t  right -> wrong", output.ToString());
        Assert.Contains("what was run differs in: model", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Question", output.ToString(), StringComparison.Ordinal);
    }
}
