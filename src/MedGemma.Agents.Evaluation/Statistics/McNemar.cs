using MathNet.Numerics.Distributions;

namespace MedGemma.Agents.Evaluation.Statistics;

/// <summary>
/// McNemar's exact test of two runs over the same questions: under the null hypothesis each question that only one run answers rightly is a fair coin
/// (<see href="https://doi.org/10.1007/BF02295996"/>). It takes questions for independent, so where several are about one patient it is too sure.
/// </summary>
/// <param name="OnlyFirst">Questions that only the first run answers rightly.</param>
/// <param name="OnlySecond">Questions that only the second run answers rightly.</param>
/// <param name="PValue">Two-sided exact p-value, over 0 to 1.</param>
public sealed record McNemar(int OnlyFirst, int OnlySecond, double PValue)
{
    /// <summary>Tests paired questions.</summary>
    /// <param name="pairs">Whether each run is right, for each question.</param>
    public static McNemar Of(IEnumerable<(bool First, bool Second)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var (first, second) = (0, 0);
        foreach (var pair in pairs.Where(pair => pair.First != pair.Second))
            (first, second) = pair.First ? (first + 1, second) : (first, second + 1);

        var discordant = first + second;
        var tail = discordant == 0 ? 1 : Binomial.CDF(0.5, discordant, Math.Min(first, second));
        return new McNemar(first, second, Math.Min(1, 2 * tail));
    }
}
