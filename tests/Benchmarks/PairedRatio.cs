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

        var times = new List<(double, double)>();
        for (var i = 0; i < pairs; i++)
            times.Add(Pair(candidate, baseline, candidateFirst: i % 2 == 0));

        return Of(times, seed);
    }

    /// <summary>Runs one pair, and gives the milliseconds of both.</summary>
    public static (double Candidate, double Baseline) Pair(Action candidate, Action baseline, bool candidateFirst)
    {
        if (candidateFirst)
            return (Time(candidate), Time(baseline));

        var time = Time(baseline);
        return (Time(candidate), time);
    }

    /// <summary>Compares pairs that have been run.</summary>
    /// <param name="pairs">Milliseconds of candidate and baseline.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static PairedRatio Of(IReadOnlyList<(double Candidate, double Baseline)> pairs, int seed)
    {
        double[] ratios = [.. pairs.Select(pair => pair.Candidate / pair.Baseline)];
        var random = new Random(seed);
        var medians = new double[Resamples];
        var sample = new double[ratios.Length];
        for (var i = 0; i < Resamples; i++)
        {
            for (var j = 0; j < sample.Length; j++)
                sample[j] = ratios[random.Next(ratios.Length)];

            medians[i] = MedianOf(sample);
        }

        Array.Sort(medians);
        return new PairedRatio(
            MedianOf(ratios),
            medians[(int)(Resamples * 0.025)],
            medians[(int)(Resamples * 0.975)],
            TimeSpan.FromMilliseconds(MedianOf([.. pairs.Select(pair => pair.Candidate)])),
            TimeSpan.FromMilliseconds(MedianOf([.. pairs.Select(pair => pair.Baseline)])));
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
