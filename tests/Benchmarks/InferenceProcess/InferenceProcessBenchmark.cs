using System.Globalization;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Inference.Supervision;
using MedGemma.Agents.Inference.Telemetry;
using MedGemma.Benchmarks.Engine;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Benchmarks.InferenceProcess;

/// <summary>
/// Streamed answers through the pool and an inference process on a Unix socket, against the bare loop over the same native engine in this process: the same file, one
/// thread, as many tokens of prompt and output. Target: at least 0.93 of its speed.
/// </summary>
internal static class InferenceProcessBenchmark
{
    private const int Pairs = 20;
    private const int Warmups = 2;
    private const int Tokens = 24;
    private const int Slots = 16;
    private const int ContextLength = 1024;
    private const double Target = 0.93;

    /// <summary>Runs all, or the counts of sequences named.</summary>
    public static int Run(string[] arguments)
    {
        var series = new PairSeries(arguments, Pairs);
        int[] counts = series.Rest.Length > 0 ? [.. series.Rest.Select(argument => int.Parse(argument, CultureInfo.InvariantCulture))] : [1, 8, 16];
        using var bare = new BareLoop(BenchmarkModel.File(), Slots, Slots * ContextLength);
        return Task.Run(() => RunAsync(counts, bare, series)).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(int[] counts, BareLoop bare, PairSeries series)
    {
        var services = new ServiceCollection().AddMetrics().AddSingleton<PoolMetrics>().BuildServiceProvider();
        await using var _ = services.ConfigureAwait(false);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["MedGemma:Models:planner:Path"] = BenchmarkModel.File(),
            ["MedGemma:Models:planner:Replicas:0"] = "cpu",
            ["MedGemma:Models:planner:Threads"] = "1",
            ["MedGemma:Models:planner:Slots"] = Slots.ToString(CultureInfo.InvariantCulture),
            ["MedGemma:Models:planner:ContextLength"] = ContextLength.ToString(CultureInfo.InvariantCulture),
        }).Build();
        InferenceLaunch launch = InferenceProgram.Launch;
        var pools = new ModelPools(ConfiguredModels.Read(configuration), launch, services.GetRequiredService<PoolMetrics>(), TimeProvider.System, NullLoggerFactory.Instance);
        await using var __ = pools.ConfigureAwait(false);
        var worst = double.MaxValue;
        Console.WriteLine("sequences  process tokens/s  bare tokens/s  speed ratio  95 % interval  pairs");
        foreach (var count in counts)
        {
            var texts = Enumerable.Range(0, count).Select(seed => BenchmarkModel.Text(8, seed)).ToList();
            var lengths = await Task.WhenAll(texts.Select(text => AnswerAsync(pools.Client("planner"), text))).ConfigureAwait(false);
            var prompts = lengths.Select((length, seed) => bare.Prompt(BenchmarkModel.Text((int)length - 1, seed))).ToList();
            var (ratio, pairs) = series.Measure(
                $"process-{count}",
                Warmups,
                () => Task.WhenAll(texts.Select(text => AnswerAsync(pools.Client("planner"), text))).GetAwaiter().GetResult(),
                () => bare.Run(prompts, Tokens));
            var amount = count * Tokens;
            Console.WriteLine($"{count,9} {amount / ratio.Candidate.TotalSeconds,17:F1} {amount / ratio.Baseline.TotalSeconds,14:F1} {1 / ratio.Median,12:F3}  [{1 / ratio.High:F3}, {1 / ratio.Low:F3}] {pairs,6}");
            worst = Math.Min(worst, 1 / ratio.Median);
        }

        Console.WriteLine($"worst median speed ratio {worst:F3}, target {Target:F2}");
        return worst >= Target ? 0 : 1;
    }

    /// <returns>Tokens of the prompt.</returns>
    private static async Task<long> AnswerAsync(IChatClient client, string text)
    {
        UsageDetails? usage = null;
        await foreach (var update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, text)], new ChatOptions { MaxOutputTokens = Tokens }).ConfigureAwait(false))
            usage = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details ?? usage;

        return usage is { OutputTokenCount: Tokens, InputTokenCount: { } prompt } ? prompt : throw new InvalidOperationException("The answer is shorter than the bare loop's.");
    }
}
