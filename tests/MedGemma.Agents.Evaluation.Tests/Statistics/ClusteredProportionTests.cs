using CsCheck;
using MedGemma.Agents.Evaluation.Statistics;

namespace MedGemma.Agents.Evaluation.Tests.Statistics;

public sealed class ClusteredProportionTests
{
    private static readonly Gen<(string Cluster, string Group, bool Hit)[]> Questions =
        Gen.Select(Gen.OneOf("p1", "p2", "p3", "p4", "p5"), Gen.OneOf("a", "b", "c"), Gen.Bool).Array[1, 60];

    [Fact]
    public void Intervals_contain_the_estimate_and_stay_within_0_and_1() =>
        Questions.Sample(questions =>
        {
            foreach (var share in new[] { Overall(questions), ClusteredProportion.MeanOfGroups(questions)! })
            {
                Assert.InRange(share.Lower, 0, share.Estimate);
                Assert.InRange(share.Upper, share.Estimate, 1);
            }
        });

    [Fact]
    public void The_order_of_the_questions_changes_no_digit() =>
        Gen.Select(Questions, Gen.Int[0, 1000]).Sample((questions, seed) =>
        {
            var before = (Overall(questions), ClusteredProportion.MeanOfGroups(questions));
            new Random(seed).Shuffle(questions);
            return before == (Overall(questions), ClusteredProportion.MeanOfGroups(questions));
        });

    [Fact]
    public void The_estimate_is_the_share_of_hits_and_the_mean_of_the_groups_shares()
    {
        (string, string, bool)[] questions = [("p1", "a", true), ("p1", "a", true), ("p2", "a", false), ("p2", "a", true), ("p3", "b", false)];

        Assert.Equal(3 / 5.0, Overall(questions).Estimate, 12);
        Assert.Equal(((3 / 4.0) + 0) / 2, ClusteredProportion.MeanOfGroups(questions)!.Estimate, 12);
    }

    [Fact]
    public void Questions_that_err_together_give_a_wider_interval_than_questions_that_err_alone()
    {
        var together = Enumerable.Range(0, 100).Select(i => ($"p{i / 10}", i / 10 < 8)).ToList();
        var alone = Enumerable.Range(0, 100).Select(i => ($"p{i / 10}", i % 10 < 8)).ToList();

        var wide = ClusteredProportion.Of(together)!;
        var narrow = ClusteredProportion.Of(alone)!;

        Assert.Equal(narrow.Estimate, wide.Estimate, 12);
        Assert.True(wide.Upper - wide.Lower > 1.5 * (narrow.Upper - narrow.Lower));
    }

    [Fact]
    public void A_perfect_run_is_not_certain()
    {
        var perfect = ClusteredProportion.Of(Enumerable.Range(0, 50).Select(i => ($"p{i / 5}", true)))!;

        Assert.Equal(1, perfect.Upper);
        Assert.InRange(perfect.Lower, 0.85, 0.95);
    }

    [Fact]
    public void One_patient_alone_says_nothing_about_others()
    {
        var one = ClusteredProportion.Of(Enumerable.Range(0, 50).Select(i => ("p", i < 25)))!;

        Assert.Equal((0.5, 0.0, 1.0), (one.Estimate, one.Lower, one.Upper));
    }

    [Fact]
    public void With_one_question_a_patient_it_is_Wilsons_interval_with_Students_t()
    {
        // 40 of 50: variance is p(1-p)/49, effective size 49 (below 50), t(49) = 2.0096.
        var share = ClusteredProportion.Of(Enumerable.Range(0, 50).Select(i => ($"p{i}", i < 40)))!;

        Assert.Equal(0.6644, share.Lower, 3);
        Assert.Equal(0.8899, share.Upper, 3);
    }

    [Fact]
    public void Nothing_gives_nothing() => Assert.Null(ClusteredProportion.Of([]));

    private static Proportion Overall(IEnumerable<(string Cluster, string Group, bool Hit)> questions) =>
        ClusteredProportion.Of(questions.Select(question => (question.Cluster, question.Hit)))!;
}
