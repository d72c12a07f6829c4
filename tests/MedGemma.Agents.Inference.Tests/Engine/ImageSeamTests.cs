using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.TinyModels;

namespace MedGemma.Agents.Inference.Tests.Engine;

public sealed class ImageSeamTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_takes_the_place_of_its_tokens_and_is_shared_by_its_content()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options(), images: new SteadyEncoder());

        var first = await Generated.OfAsync(generator, Ask(1, "patient"), Cancel);
        var again = await Generated.OfAsync(generator, Ask(1, "patient"), Cancel);
        var other = await Generated.OfAsync(generator, Ask(2, "patient"), Cancel);

        Assert.True(generator.Info.Images);
        Assert.True(first.Started!.PromptTokens > SteadyEncoder.Tokens + 8);
        Assert.Equal(first.Started.PromptTokens - 1, again.Started!.CachedTokens);
        Assert.InRange(other.Started!.CachedTokens, 1, first.Started.PromptTokens - SteadyEncoder.Tokens);
        Assert.Equal(first.Ids, again.Ids);
        Assert.NotEqual(first.Ids, other.Ids);
    }

    [Fact]
    public async Task Images_and_texts_are_computed_beside_each_other()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options(), images: new SteadyEncoder());
        var alone = await Generated.OfAsync(generator, Ask(1, null), Cancel);

        var together = await Task.WhenAll(
            Generated.OfAsync(generator, TinyEngine.Ask("text", 24), Cancel), Generated.OfAsync(generator, Ask(1, null), Cancel), Generated.OfAsync(generator, Ask(2, null), Cancel));

        Assert.Equal(24, together[0].Tokens.Count);
        Assert.Equal(alone.Ids[0], together[1].Ids[0]);
    }

    [Fact]
    public async Task A_prompt_that_ends_with_an_image_is_refused_and_the_engine_lives()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options(), images: new SteadyEncoder());
        var bare = Ask(1, null);

        await Assert.ThrowsAsync<RequestRefusedException>(() => Generated.OfAsync(generator, bare with { Prompt = [.. bare.Prompt.Take(5)] }, Cancel));

        Assert.Equal(4, (await Generated.OfAsync(generator, bare, Cancel)).Tokens.Count);
    }

    [Fact]
    public async Task A_model_without_eyes_refuses_an_image()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options());

        await Assert.ThrowsAsync<RequestRefusedException>(() => Generated.OfAsync(generator, Ask(1, null), Cancel));
    }

    private static GenerationRequest Ask(byte image, string? scope)
    {
        var text = TinyEngine.Ask("What is this?", 4);
        return text with
        {
            Prompt =
            [
                .. text.Prompt.Take(3),
                new PromptPart.Control(ControlToken.StartOfImage),
                new PromptPart.Image(new byte[] { image }, "image/png"),
                new PromptPart.Control(ControlToken.EndOfImage),
                .. text.Prompt.Skip(3),
            ],
            Prefix = new PrefixHint(scope),
        };
    }

    /// <summary>Numbers that depend on the image's first byte.</summary>
    private sealed class SteadyEncoder : IImageEncoder
    {
        public const int Tokens = 48;

        public int TokensPerImage => Tokens;

        public ReadOnlyMemory<float> Encode(ReadOnlyMemory<byte> data, string mediaType)
        {
            var random = new Random(data.Span[0]);
            var numbers = new float[Tokens * GemmaShape.Tiny.Embedding];
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = (random.NextSingle() - 0.5f) * 4;

            return numbers;
        }
    }
}
