using System.Globalization;
using System.Text.RegularExpressions;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Models.Gguf;
using MedGemma.Agents.Inference.Models.Memory;
using MedGemma.Agents.TinyModels;

namespace MedGemma.Agents.Inference.Tests.Models;

/// <summary>Plans against the engine's own log, on files with holes in place of weights, of which nothing is allocated or read.</summary>
public sealed partial class MemoryPlannerTests(MemoryPlannerTests.Engine engine) : IClassFixture<MemoryPlannerTests.Engine>
{

    public static TheoryData<string, int, int, int, bool, bool> Cases() => new()
    {
        { "27B", 32_768, 1, 512, true, false },
        { "27B", 131_072, 16, 512, false, false },
        { "27B", 32_768, 4, 256, false, true },
        { "4B", 32_768, 8, 512, true, false },
        { "4B", 8_000, 2, 1024, false, true },
        { "1B", 4_096, 16, 512, false, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_plan_is_what_the_engine_logs(string model, int cells, int sequences, int microBatch, bool fullWindow, bool quantized)
    {
        var path = engine.File(model);
        var plan = MemoryPlanner.Plan(Text(path), new() { Cells = cells, Sequences = sequences, MicroBatch = microBatch, FullWindow = fullWindow, QuantizedCache = quantized });

        var log = await engine.Probe.SizesAsync(path, cells, sequences, microBatch, fullWindow, quantized, TestContext.Current.CancellationToken);

        var caches = Sizes(log, CacheLine());
        Assert.Equal(Mebibytes(plan.GlobalCache), caches[0], 0.01);
        Assert.Equal(Mebibytes(plan.LocalCache), caches[1], 0.01);
        Assert.Equal(Mebibytes(plan.Output), Assert.Single(Sizes(log, OutputLine())), 0.01);
        var compute = Assert.Single(Sizes(log, ComputeLine()));
        Assert.InRange(Mebibytes(plan.Compute), compute, (compute * 1.15) + 0.3);
    }

    [Fact]
    public void The_27B_costs_what_its_published_shape_says()
    {
        var file = Text(engine.File("27B"));

        var full = MemoryPlanner.Plan(file, new() { Cells = 32_768 });
        var windows = MemoryPlanner.Plan(file, new() { Cells = 32_768, FullWindow = false });

        Assert.Equal(15.5, full.Cache / (double)(1L << 30), 0.05);
        Assert.Equal(3.1, windows.Cache / (double)(1L << 30), 0.05);
        Assert.Equal(436, windows.Checkpoint / 1e6, 1.0);
        Assert.Equal(0, full.Checkpoint);
    }

    [Fact]
    public void A_model_that_does_not_fit_is_refused_with_the_numbers()
    {
        var file = Text(engine.File("27B"));
        var plan = MemoryPlanner.Plan(file, new() { Cells = 32_768 });

        Assert.Null(MemoryCheck.Refusal(file, plan, [], new(64L << 30, 64L << 30, false)));
        Assert.Null(MemoryCheck.Refusal(file, plan, [24L << 30, 24L << 30], new(4L << 30, 64L << 30, false)));
        var refusal = MemoryCheck.Refusal(file, plan, [], new(16L << 30, 64L << 30, true));

        Assert.Equal(ModelRefusalKind.OutOfMemory, refusal!.Kind);
        Assert.Equal(
            "it needs 30.6 GiB (weights 14.5 GiB, cache 15.5 GiB for 32768 tokens, buffers 0.6 GiB), but 16.0 GiB are free within the memory limit of its control group; fewer cells, windows only (Window: Sliding) or an 8-bit cache (QuantizedCache) would need less",
            refusal.Reason);
        Assert.Contains("on the GPU", MemoryCheck.Refusal(file, plan, [24L << 30], null)!.Reason, StringComparison.Ordinal);
    }

    private static GgufFile Holes(string model) => TinyGemma.Create(model switch
    {
        "27B" => new() { Shape = GemmaShape.B27, Type = GgmlType.Q4_K, EmbeddingType = GgmlType.Q6_K, Holes = true },
        "4B" => new() { Shape = GemmaShape.B4, Type = GgmlType.Q8_0, Holes = true },
        _ => new() { Shape = GemmaShape.B1, Type = GgmlType.F16, Holes = true },
    });

    private static TextModelFile Text(string path) => Assert.IsType<ModelFileResult<TextModelFile>.Accepted>(ModelFileReader.ReadText(path)).File;

    private static double Mebibytes(long bytes) => bytes / 1048576.0;

    private static List<double> Sizes(IEnumerable<string> log, Regex line) =>
        [.. log.Select(text => line.Match(text)).Where(match => match.Success).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"llama_kv_cache: size = +([0-9.]+) MiB")]
    private static partial Regex CacheLine();

    [GeneratedRegex(@"output buffer size = +([0-9.]+) MiB")]
    private static partial Regex OutputLine();

    [GeneratedRegex(@"compute buffer size = +([0-9.]+) MiB")]
    private static partial Regex ComputeLine();

    /// <summary>One process and one file of each model for all tests.</summary>
    public sealed class Engine : IAsyncDisposable
    {
        private readonly ModelFolder _folder = new();

        internal EngineProbe Probe { get; } = new();

        internal string File(string model) => System.IO.File.Exists(_folder[model]) ? _folder[model] : _folder.Write(Holes(model), model);

        public async ValueTask DisposeAsync()
        {
            await Probe.DisposeAsync();
            _folder.Dispose();
        }
    }
}
