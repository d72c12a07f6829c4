using CsCheck;
using MedGemma.Agents.Evaluation.Statistics;

namespace MedGemma.Agents.Evaluation.Tests.Statistics;

public sealed class McNemarTests
{
    /// <summary>Twice the binomial tail at one half, by hand: 2 (C(10,0) + C(10,1)) / 2^10 and so on.</summary>
    [Theory]
    [InlineData(1, 9, 22 / 1024.0)]
    [InlineData(0, 5, 2 / 32.0)]
    [InlineData(0, 6, 2 / 64.0)]
    [InlineData(3, 3, 1)]
    [InlineData(0, 0, 1)]
    public void The_p_value_is_the_exact_binomial_one(int onlyFirst, int onlySecond, double expected)
    {
        var pairs = Enumerable.Repeat((true, false), onlyFirst).Concat(Enumerable.Repeat((false, true), onlySecond)).Concat(Enumerable.Repeat((true, true), 40));

        var test = McNemar.Of(pairs);

        Assert.Equal((onlyFirst, onlySecond), (test.OnlyFirst, test.OnlySecond));
        Assert.Equal(expected, test.PValue, 10);
    }

    [Fact]
    public void Turning_the_runs_round_changes_only_the_sides() =>
        Gen.Select(Gen.Bool, Gen.Bool).Array[0, 80].Sample(pairs =>
        {
            var (there, back) = (McNemar.Of(pairs), McNemar.Of(pairs.Select(pair => (pair.Item2, pair.Item1))));
            return there.PValue == back.PValue && there.OnlyFirst == back.OnlySecond && there.PValue is > 0 and <= 1;
        });
}
