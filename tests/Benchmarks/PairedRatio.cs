using System.Diagnostics;

namespace MedGemma.Benchmarks;

/// <summary>Compares two pieces of work by interleaved pairs, so that what disturbs the machine disturbs both.</summary>
/// <param name="Median">Median over the pairs of candidate time by baseline time.</param>
/// <param name="Low">Lower bound of the 95 % bootstrap interval of the median.</param>
/// <param name="High">Upper bound.</param>
/// <param name="Candidate">Median time of the candidate.</param>
/// <param name="Baseline">Median time of the baseline.</param>
internal sealed record PairedRatio(double Median, double Low, double High, TimeSpan Candidate, TimeSpan Baseline)
{
    private const int Resamples = 10_000;

    /// <summary>Runs pairs, the order within a pair alternating.</summary>
    /// <param name="pairs">Number of pairs.</param>
    /// <param name="warmups">Pairs that are run before and not counted.</param>
    /// <param name="candidate">The work under test.</param>
    /// <param name="baseline">What it is compared with.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static PairedRatio Measure(int pairs, int warmups, Action candidate, Action baseline, int seed)
    {
        for (var i = 0; i < warmups; i++)
        {
            candidate();
            baseline();
        }

        var ratios = new double[pairs];
        var candidateTimes = new double[pairs];
        var baselineTimes = new double[pairs];
        for (var i = 0; i < pairs; i++)
        {
            if (i % 2 == 0)
            {
                candidateTimes[i] = Time(candidate);
                baselineTimes[i] = Time(baseline);
            }
            else
            {
                baselineTimes[i] = Time(baseline);
                candidateTimes[i] = Time(candidate);
            }

            ratios[i] = candidateTimes[i] / baselineTimes[i];
        }

        var random = new Random(seed);
        var medians = new double[Resamples];
        var sample = new double[pairs];
        for (var i = 0; i < Resamples; i++)
        {
            for (var j = 0; j < pairs; j++)
                sample[j] = ratios[random.Next(pairs)];

            medians[i] = MedianOf(sample);
        }

        Array.Sort(medians);
        return new PairedRatio(
            MedianOf(ratios),
            medians[(int)(Resamples * 0.025)],
            medians[(int)(Resamples * 0.975)],
            TimeSpan.FromMilliseconds(MedianOf(candidateTimes)),
            TimeSpan.FromMilliseconds(MedianOf(baselineTimes)));
    }

    private static double Time(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double MedianOf(double[] values)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
