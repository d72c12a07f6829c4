namespace MedGemma.Agents.Evaluation.Statistics;

/// <summary>Quantiles of the time from question to answer, in milliseconds.</summary>
/// <param name="P50">Half of the answers took no longer.</param>
/// <param name="P95">95 % of the answers took no longer.</param>
public sealed record Latencies(double P50, double P95)
{
    /// <summary>Quantiles by nearest rank.</summary>
    /// <param name="milliseconds">Times.</param>
    /// <returns>Null when there are none.</returns>
    public static Latencies? Of(IEnumerable<double> milliseconds)
    {
        var ordered = milliseconds.Order().ToList();
        return ordered.Count == 0 ? null : new Latencies(NearestRank(ordered, 0.50), NearestRank(ordered, 0.95));
    }

    private static double NearestRank(List<double> ordered, double quantile) =>
        ordered[Math.Max(0, (int)Math.Ceiling(quantile * ordered.Count) - 1)];
}
