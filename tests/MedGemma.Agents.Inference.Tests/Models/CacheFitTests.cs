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
        Assert.Equal(new CacheFit(32_768, requests, fullWindow), fit);
        Assert.Equal(32_768 * requests, fit!.Cells);
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
        Assert.Equal(131_072, CacheFit.Find(Model(), null, 1 << 20, 1, 512, [], null, out _)!.ContextLength);

    private CacheFit? Find(int gigabytes, int contextLength, out ModelRefusal? refusal) =>
        CacheFit.Find(Model(), null, contextLength, 4, 512, [(long)gigabytes << 30], null, out refusal);

    private TextModelFile Model() => Assert.IsType<ModelFileResult<TextModelFile>.Accepted>(ModelFileReader.ReadText(engine.File("27B"))).File;
}
