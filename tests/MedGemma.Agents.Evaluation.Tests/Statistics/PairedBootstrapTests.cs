using CsCheck;
using MedGemma.Agents.Evaluation.Statistics;

namespace MedGemma.Agents.Evaluation.Tests.Statistics;

public sealed class PairedBootstrapTests
{
    private static readonly Gen<(string Cluster, string Group, bool First, bool Second)[]> Questions =
        Gen.Select(Gen.OneOf("p1", "p2", "p3", "p4", "p5"), Gen.OneOf("a", "b"), Gen.Bool, Gen.Bool).Array[1, 40];

    [Fact]
    public void The_interval_holds_the_estimate_and_no_impossible_difference() =>
        Questions.Sample(
            questions =>
            {
                var difference = PairedBootstrap.MeanOfGroups(questions)!;
                return difference.Lower >= -1 && difference.Lower <= difference.Estimate && difference.Estimate <= difference.Upper && difference.Upper <= 1 && difference.PValue is > 0 and <= 1;
            },
            iter: 20);

    [Fact]
    public void The_order_of_the_questions_changes_no_digit() =>
        Gen.Select(Questions, Gen.Int[0, 1000]).Sample(
            (questions, seed) =>
            {
                var before = PairedBootstrap.MeanOfGroups(questions);
                new Random(seed).Shuffle(questions);
                return before == PairedBootstrap.MeanOfGroups(questions);
            },
            iter: 20);

    [Fact]
    public void A_run_beside_itself_does_not_differ() =>
        Questions.Sample(
            questions =>
            {
                var same = PairedBootstrap.MeanOfGroups(questions.Select(question => (question.Cluster, question.Group, question.First, question.First)))!;
                return same.Estimate == 0 && (same.Clusters == 1 || (same.Lower == 0 && same.Upper == 0 && same.PValue == 1)) && !same.IsSignificant;
            },
            iter: 20);

    [Fact]
    public void The_estimate_is_the_mean_of_the_groups_differences()
    {
        (string, string, bool, bool)[] questions =
            [("p1", "a", false, true), ("p1", "a", false, false), ("p2", "a", true, true), ("p2", "a", false, true), ("p2", "b", true, false)];

        Assert.Equal(((2 / 4.0) + (-1 / 1.0)) / 2, PairedBootstrap.MeanOfGroups(questions)!.Estimate, 12);
    }

    [Fact]
    public void Patients_who_gain_together_make_the_interval_wider()
    {
        var together = Enumerable.Range(0, 200).Select(i => ($"p{i / 20}", "", false, i / 20 < 5));
        var alone = Enumerable.Range(0, 200).Select(i => ($"p{i / 20}", "", false, i % 20 < 10));

        var (wide, narrow) = (PairedBootstrap.MeanOfGroups(together)!, PairedBootstrap.MeanOfGroups(alone)!);

        Assert.Equal(narrow.Estimate, wide.Estimate, 12);
        Assert.True(wide.Upper - wide.Lower > 0.3);
        Assert.Equal(0, narrow.Upper - narrow.Lower, 12);
    }

    [Fact]
    public void One_patient_alone_proves_no_difference()
    {
        var one = PairedBootstrap.MeanOfGroups(Enumerable.Range(0, 50).Select(_ => ("p", "", false, true)))!;

        Assert.Equal((1.0, -1.0, 1.0, false), (one.Estimate, one.Lower, one.Upper, one.IsSignificant));
    }

    /// <summary>
    /// All 27 draws of three patients with gains of 1, 0 and -1 by hand: the sum of three is -3, -2, -1, 0, 1, 2, 3 in 1, 3, 6, 7, 6, 3, 1 of them. A tail of 2.5 % lies within the 1/27 = 3.7 %
    /// of three times the same patient, and 17/27 of the draws are 0 or less. A fourth patient like the first: sums of four of (1, 0, -1, 1).
    /// </summary>
    [Fact]
    public void Few_patients_are_drawn_as_all_their_draws_say()
    {
        (string, string, bool, bool)[] three = [("p1", "", false, true), ("p2", "", true, true), ("p3", "", true, false)];

        var even = PairedBootstrap.MeanOfGroups(three)!;
        var better = PairedBootstrap.MeanOfGroups([.. three, ("p4", "", false, true)])!;

        Assert.Equal((0.0, -1.0, 1.0), (even.Estimate, even.Lower, even.Upper));
        Assert.Equal(1, even.PValue, 0.001);
        Assert.Equal(0.25, better.Estimate, 12);
        Assert.Equal(2 * NotAboveZeroOfFour(), better.PValue, 0.02);
        Assert.False(better.IsSignificant);

        static double NotAboveZeroOfFour()
        {
            int[] gains = [1, 0, -1, 1];
            var draws = from a in gains from b in gains from c in gains from d in gains select a + b + c + d;
            return draws.Count(sum => sum <= 0) / 256.0;
        }
    }

    [Fact]
    public void The_interval_of_plain_pairs_is_near_the_normal_one()
    {
        // 400 questions on their own, 60 gained and 20 lost: 0.10 with standard error sqrt(0.2 - 0.01) / 20 = 0.0218.
        var difference = PairedBootstrap.MeanOfGroups(Enumerable.Range(0, 400).Select(i => ($"q{i}", "", i is >= 60 and < 80, i < 60)))!;

        Assert.Equal(0.100, difference.Estimate, 3);
        Assert.Equal(0.100 - (1.96 * 0.0218), difference.Lower, 0.004);
        Assert.Equal(0.100 + (1.96 * 0.0218), difference.Upper, 0.004);
        Assert.True(difference.IsSignificant);
    }
}
