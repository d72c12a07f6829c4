namespace MedGemma.Benchmarks;

/// <summary>How a quantile of the candidate's latencies compares with the baseline's, over pairs of the same work.</summary>
/// <param name="Candidate">The candidate's quantile in milliseconds.</param>
/// <param name="Baseline">The baseline's.</param>
/// <param name="Ratio">Candidate by baseline.</param>
/// <param name="Low">Lower bound of the 95 % bootstrap interval of the ratio, pairs resampled.</param>
/// <param name="High">Upper bound.</param>
internal sealed record PairedLatencies(double Candidate, double Baseline, double Ratio, double Low, double High)
{
    private const int Resamples = 2_000;

    /// <summary>Compares one quantile.</summary>
    /// <param name="pairs">Latencies in milliseconds.</param>
    /// <param name="quantile">Between 0 and 1.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static PairedLatencies Of(IReadOnlyList<(double Candidate, double Baseline)> pairs, double quantile, int seed)
    {
        var random = new Random(seed);
        var ratios = new double[Resamples];
        for (var resample = 0; resample < Resamples; resample++)
        {
            var sample = new (double Candidate, double Baseline)[pairs.Count];
            for (var i = 0; i < sample.Length; i++)
                sample[i] = pairs[random.Next(pairs.Count)];

            ratios[resample] = Quantile(sample.Select(pair => pair.Candidate), quantile) / Quantile(sample.Select(pair => pair.Baseline), quantile);
        }

        Array.Sort(ratios);
        var candidate = Quantile(pairs.Select(pair => pair.Candidate), quantile);
        var baseline = Quantile(pairs.Select(pair => pair.Baseline), quantile);
        return new PairedLatencies(candidate, baseline, candidate / baseline, ratios[(int)(Resamples * 0.025)], ratios[(int)(Resamples * 0.975)]);
    }

    private static double Quantile(IEnumerable<double> values, double quantile)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(quantile * sorted.Length) - 1)];
    }
}
