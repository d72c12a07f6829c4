using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Models.Memory;

namespace MedGemma.Agents.Inference.Tests.Models;

/// <summary>Four requests of 32,768 tokens of the 27B in the sizes of memory that graphics cards have; its weights take 14.5 GiB.</summary>
public sealed class CacheFitTests(MemoryPlannerTests.Engine engine) : IClassFixture<MemoryPlannerTests.Engine>
{
    [Theory]
    [InlineData(96, 4, true)]
    [InlineData(48, 4, false)]
    [InlineData(24, 2, false)]
    [InlineData(21, 1, false)]
    public void What_gives_way_is_how_many_whole_requests_the_cache_holds(int gigabytes, int requests, bool fullWindow)
    {
        var fit = Find(gigabytes, 32_768, out var refusal);

        Assert.Null(refusal);
        Assert.Equal((32_768, requests, fullWindow), (fit!.ContextLength, fit.Requests, fit.FullWindow));
        Assert.Equal(32_768 * requests, fit.Cells);
    }

    [Fact]
    public void Where_not_one_whole_request_fits_it_is_refused_and_the_length_that_fits_is_named()
    {
        Assert.Null(Find(19, 32_768, out var refusal));

        Assert.Equal(ModelRefusalKind.OutOfMemory, refusal!.Kind);
        Assert.Contains("but 19.0 GiB are free on the GPU", refusal.Reason, StringComparison.Ordinal);
        Assert.EndsWith("; a ContextLength of 16384 would fit", refusal.Reason, StringComparison.Ordinal);
        Assert.NotNull(Find(19, 16_384, out _));
    }

    [Fact]
    public void Where_the_weights_alone_do_not_fit_no_length_is_named()
    {
        Assert.Null(Find(12, 32_768, out var refusal));

        Assert.DoesNotContain("would fit", refusal!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_is_no_longer_than_what_the_model_was_trained_on() =>
        Assert.Equal(131_072, CacheFit.Find(Model(), null, new CacheDemand(1 << 20, 1), [], null, out _)!.ContextLength);

    [Theory]
    [InlineData(64, true)]
    [InlineData(29, false)]
    [InlineData(22, false)]
    public void Checkpoints_get_what_main_memory_has_left_and_no_more_than_may_be(int gigabytes, bool reachesTheMost)
    {
        var machine = new MachineMemory((long)gigabytes << 30, 64L << 30, false);
        var fit = CacheFit.Find(Model(), null, new CacheDemand(32_768, 4) { Window = CacheWindow.Sliding }, [], machine, out _)!;

        var left = machine.Free - (fit.Plan.Processor - fit.CheckpointBytes);
        Assert.InRange(fit.CheckpointBytes, reachesTheMost ? 4L << 30 : (long)(left * 0.85), reachesTheMost ? 4L << 30 : left);
        Assert.True(fit.Plan.Processor < machine.Free, "The checkpoints do not fit.");
        Assert.Equal(fit.CheckpointBytes + fit.Plan.Checkpoint, fit.Plan.Checkpoints);
    }

    [Fact]
    public void Beside_a_GPU_checkpoints_lie_in_main_memory_and_one_at_least_must_fit()
    {
        var demand = new CacheDemand(32_768, 4) { MostCheckpointBytes = 1L << 30 };

        Assert.Equal(1L << 30, CacheFit.Find(Model(), null, demand, [48L << 30], new(8L << 30, 8L << 30, false), out _)!.CheckpointBytes);
        Assert.Null(CacheFit.Find(Model(), null, demand, [48L << 30], new(1L << 30, 8L << 30, false), out var refusal));
        Assert.Contains("checkpoints 0.4 GiB), but 1.0 GiB are free in main memory", refusal!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CacheWindow.Full, false, 1, true)]
    [InlineData(CacheWindow.Full, true, 3, true)]
    [InlineData(CacheWindow.Sliding, false, 4, false)]
    [InlineData(CacheWindow.Auto, true, 4, false)]
    public void The_window_and_the_width_of_the_cache_can_be_chosen(CacheWindow window, bool quantized, int requests, bool fullWindow)
    {
        var fit = CacheFit.Find(Model(), null, new CacheDemand(32_768, 4) { Window = window, Quantized = quantized }, [40L << 30], null, out _)!;

        Assert.Equal((requests, fullWindow, quantized), (fit.Requests, fit.FullWindow, fit.Plan.Options.QuantizedCache));
    }

    [Fact]
    public void Layers_that_are_spread_must_fit_on_each_GPU_and_not_only_in_the_sum()
    {
        var plan = CacheFit.Find(Model(), null, new CacheDemand(32_768, 4), [24L << 30, 24L << 30], null, out _)!.Plan;
        var split = DeviceSplit.Of(Model(), plan, [24L << 30, 24L << 30]);

        Assert.All(split, bytes => Assert.InRange(bytes, plan.Device / 3, 24L << 30));
        Assert.InRange(split.Sum(), plan.Device, plan.Device + plan.Compute + 100);

        // The output and its embeddings are on the last one: together the memory is enough, there it is not.
        var narrow = new[] { plan.Device - (1L << 30), (long)(1.7 * (1L << 30)) };
        Assert.True(narrow.Sum() > plan.Device + plan.Compute);
        Assert.Contains("on GPU 2 of the 2 that its layers are spread over", MemoryCheck.Refusal(Model(), plan, narrow, null)!.Reason, StringComparison.Ordinal);
    }

    private CacheFit? Find(int gigabytes, int contextLength, out ModelRefusal? refusal) =>
        CacheFit.Find(Model(), null, new CacheDemand(contextLength, 4), [(long)gigabytes << 30], null, out refusal);

    private TextModelFile Model() => Assert.IsType<ModelFileResult<TextModelFile>.Accepted>(ModelFileReader.ReadText(engine.File("27B"))).File;
}
