using MedGemma.Agents.Inference.Engine;

namespace MedGemma.Benchmarks.Engine;

/// <summary>
/// Time to the first token of a follow-up that shares 4,000 tokens with a turn before, by that of the same prompt from nothing (targets: 1/15 with the full window,
/// 1/5 with copies of windows); and time to the last first token of 8 requests that share 512 tokens, by that of 8 that share none (target: 1/5).
/// </summary>
internal static class PrefixReuseBenchmark
{
    private const int Pairs = 20;

    /// <summary>Runs all, or what is named.</summary>
    public static int Run(string[] arguments)
    {
        var series = new PairSeries(arguments, Pairs);
        var works = new Dictionary<string, Func<bool>>(StringComparer.Ordinal)
        {
            ["follow-up-full"] = () => FollowUp("follow-up-full", series, fullWindow: true, 15),
            ["follow-up-copies"] = () => FollowUp("follow-up-copies", series, fullWindow: false, 5),
            ["shared-full"] = () => Shared("shared-full", series, fullWindow: true, 5),
            ["shared-copies"] = () => Shared("shared-copies", series, fullWindow: false, 5),
        };
        Console.WriteLine("work              shared ms   cold ms  cold/shared  95 % interval   target  pairs");
        var met = true;
        foreach (var name in series.Rest.Length > 0 ? series.Rest : [.. works.Keys])
            met &= works[name]();

        return met ? 0 : 1;
    }

    private static bool FollowUp(string name, PairSeries series, bool fullWindow, double target) => With(fullWindow, generator =>
    {
        var turn = 0;
        var history = BenchmarkModel.Text(4000, -1);
        BenchmarkModel.LastFirstToken(generator, [BenchmarkModel.Ask(history, 1, "warm")]);
        return Report(
            name,
            target,
            series.Measure(
                name,
                0,
                () => BenchmarkModel.LastFirstToken(generator, [BenchmarkModel.Ask(history + BenchmarkModel.Text(32, ++turn), 1, "warm")]),
                () => BenchmarkModel.LastFirstToken(generator, [BenchmarkModel.Ask(history + BenchmarkModel.Text(32, ++turn), 1)])));
    });

    private static bool Shared(string name, PairSeries series, bool fullWindow, double target) => With(fullWindow, generator =>
    {
        var round = 0;
        return Report(name, target, series.Measure(name, 1, () => Together(_ => $"round {round}"), () => Together(_ => null)));

        void Together(Func<int, string?> scope)
        {
            round++;
            var start = BenchmarkModel.Text(512, 1000 + round);
            BenchmarkModel.LastFirstToken(generator, Enumerable.Range(0, 8).Select(i => BenchmarkModel.Ask(start + BenchmarkModel.Text(32, i), 1, scope(i))));
        }
    });

    private static bool With(bool fullWindow, Func<LlamaGenerator, bool> measure)
    {
        var generator = BenchmarkModel.Load(options => options.FullWindow = fullWindow);
        try
        {
            return measure(generator);
        }
        finally
        {
            generator.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static bool Report(string name, double target, (PairedRatio Ratio, int Pairs) measured)
    {
        var ratio = measured.Ratio;
        Console.WriteLine(
            $"{name,-17} {ratio.Candidate.TotalMilliseconds,9:F1} {ratio.Baseline.TotalMilliseconds,9:F1} {1 / ratio.Median,12:F2}  [{1 / ratio.High:F2}, {1 / ratio.Low:F2}]  {target,4:F0} {measured.Pairs,8}");
        return 1 / ratio.Median >= target;
    }
}
