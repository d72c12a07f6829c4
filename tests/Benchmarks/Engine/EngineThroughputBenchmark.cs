using System.Globalization;

namespace MedGemma.Benchmarks.Engine;

/// <summary>Decode and prefill through the engine against the bare loop over the same native engine, on the same file with one thread. Target: at least 0.97 of its speed.</summary>
internal static class EngineThroughputBenchmark
{
    private const int Pairs = 20;
    private const int Warmups = 2;
    private const double Target = 0.97;
    private const int ShortPrompt = 8;

    private static readonly string[] s_all = ["decode-1", "prefill-1", "decode-8", "prefill-8", "decode-16", "prefill-16"];

    /// <summary>Runs all, or what is named: <c>decode</c> or <c>prefill</c>, and how many sequences.</summary>
    public static int Run(string[] arguments)
    {
        using var bare = new BareLoop(BenchmarkModel.File(), 16, 16_384);
        var generator = BenchmarkModel.Load();
        var worst = double.MaxValue;
        var series = new PairSeries(arguments, Pairs);
        Console.WriteLine("work      sequences  ours tokens/s  bare tokens/s  speed ratio  95 % interval  pairs");
        foreach (var name in series.Rest.Length > 0 ? series.Rest : s_all)
        {
            var count = int.Parse(name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
            worst = Math.Min(
                worst,
                name.StartsWith("decode", StringComparison.Ordinal) ? Compare("decode", count, ShortPrompt, count == 1 ? 32 : 160 / count) : Compare("prefill", count, count == 1 ? 512 : 1024 / count, 1));
        }

        generator.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Console.WriteLine($"worst median speed ratio {worst:F3}, target {Target:F2}");
        return worst >= Target ? 0 : 1;

        double Compare(string work, int count, int prompt, int tokens)
        {
            var texts = Enumerable.Range(0, count).Select(seed => BenchmarkModel.Text(prompt - 1, seed)).ToList();
            var prompts = texts.ConvertAll(bare.Prompt);
            var (ratio, pairs) = series.Measure(
                $"{work}-{count}",
                Warmups,
                () => BenchmarkModel.Run(generator, texts.Select(text => BenchmarkModel.Ask(text, tokens))),
                () => bare.Run(prompts, tokens));
            var amount = count * (work == "decode" ? tokens : prompt);
            Console.WriteLine(
                $"{work,-9} {count,9} {amount / ratio.Candidate.TotalSeconds,14:F1} {amount / ratio.Baseline.TotalSeconds,14:F1} {1 / ratio.Median,12:F3}  [{1 / ratio.High:F3}, {1 / ratio.Low:F3}] {pairs,6}");
            return 1 / ratio.Median;
        }
    }
}
