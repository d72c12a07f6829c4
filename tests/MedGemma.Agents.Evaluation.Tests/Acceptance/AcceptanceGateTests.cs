using MedGemma.Agents.Evaluation.Acceptance;
using MedGemma.Agents.Evaluation.Suites.RunFiles;
using MedGemma.Agents.Evaluation.Tests.Suites;

namespace MedGemma.Agents.Evaluation.Tests.Acceptance;

public sealed class AcceptanceGateTests
{
    private static readonly AcceptanceLimits s_limits = new(0.05);

    [Fact]
    public void What_answers_as_the_baseline_does_is_accepted() =>
        Assert.All(Judge(Many("rrrru"), Many("rrrru")), check => Assert.True(check.Passed, check.Finding));

    [Fact]
    public void What_is_better_is_accepted() =>
        Assert.All(Judge(Many("rrruu"), Many("rrrru")), check => Assert.True(check.Passed, check.Finding));

    [Fact]
    public void A_score_that_may_be_lower_than_the_margin_allows_is_not_accepted()
    {
        var checks = Judge(Many("rrrrr"), Many("rrrru"));

        Assert.False(checks.Single(check => check.Name.StartsWith("the score", StringComparison.Ordinal)).Passed);
    }

    [Fact]
    public void A_wider_margin_accepts_what_a_narrower_one_does_not()
    {
        bool Passes(double margin) => AcceptanceGate.Judge(Many("rrrrr"), Many("rrrru"), [], new AcceptanceLimits(margin))[1].Passed;

        Assert.False(Passes(0.1));
        Assert.True(Passes(0.5));
    }

    [Fact]
    public void More_that_is_stated_wrongly_is_not_accepted_however_high_the_score()
    {
        // Ten points better, and what was left open is now stated wrongly.
        var checks = Judge(Many("rruuu"), Many("rrrww"));

        Assert.True(checks.Single(check => check.Name.StartsWith("the score", StringComparison.Ordinal)).Passed);
        Assert.False(checks.Single(check => check.Name == "not more is stated wrongly").Passed);
    }

    [Fact]
    public void A_floor_that_is_not_beaten_is_not_accepted()
    {
        Run Floored(string outcomes) => Many(outcomes, index => index % 5 < 4 ? ["always empty"] : []);

        var checks = Judge(Floored("rrrru"), Floored("rrrru"));

        Assert.False(checks.Single(check => check.Name == "the floors are beaten").Passed);
    }

    [Fact]
    public void A_suite_without_floors_proves_nothing()
    {
        var bare = Many("rrrrr", _ => []);

        Assert.False(Judge(bare, bare).Single(check => check.Name == "the floors are beaten").Passed);
    }

    [Fact]
    public void Failed_items_are_not_accepted() => Assert.False(Judge(Many("rrrrr"), Many("rrrrf"))[0].Passed);

    [Theory]
    [InlineData("uuuuu", true)]
    [InlineData("fffff", true)]
    [InlineData("rrrrw", true)]
    [InlineData("rrrwu", false)]
    public void Under_a_fault_an_item_may_be_left_open_and_no_more(string underFault, bool passes)
    {
        var candidate = Many("rrrrw");
        var run = Many(underFault);
        var faulty = run with { Manifest = run.Manifest with { Conditions = run.Manifest.Conditions with { Fault = "missing-pages" } } };

        var checks = AcceptanceGate.Judge(candidate, candidate, [faulty], s_limits);

        Assert.Equal(passes, checks[^1].Passed);
        Assert.Contains("missing-pages", checks[^1].Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_of_other_questions_is_refused() =>
        Assert.Throws<EvaluationRefusedException>(() => Judge(Many("rrrrr"), Runs.Of("rrrrr", questions: "other")));

    [Fact]
    public void The_verdict_is_the_weakest_check()
    {
        var output = new StringWriter();

        Assert.False(AcceptanceTextReport.Write(output, Judge(Many("rrrrr"), Many("rrrru"))));
        Assert.True(AcceptanceTextReport.Write(output, Judge(Many("rrrrr"), Many("rrrrr"))));
        Assert.False(AcceptanceTextReport.Write(output, []));
        Assert.Contains("FAILED  the score", output.ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<AcceptanceCheck> Judge(Run baseline, Run candidate) => AcceptanceGate.Judge(baseline, candidate, [], s_limits);

    /// <summary>Forty patients of five items each.</summary>
    private static Run Many(string outcomes, Func<int, string[]>? floors = null) =>
        Runs.Of(string.Concat(Enumerable.Repeat(outcomes, 40)), floors: floors ?? (index => index % 5 == 4 ? ["always empty"] : []));
}
