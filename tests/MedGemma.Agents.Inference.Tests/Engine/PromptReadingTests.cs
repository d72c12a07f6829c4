using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Inference.Tests.Engine;

/// <summary>Prompts whose images take long: whoever goes away, or whose time is over, has no more of them read.</summary>
public sealed class PromptReadingTests : IDisposable
{
    private readonly HeldEncoder _encoder = new();
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _encoder.Dispose();

    [Fact]
    public async Task Nobody_waits_for_the_images_of_who_has_gone()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options(), _clock, _encoder);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var asked = Generated.OfAsync(generator, Ask(1, 2, 3), gone.Token);
        Assert.Equal(1, await _encoder.Begun.ReadAsync(Stop));

        await gone.CancelAsync();
        _encoder.Release(1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        _encoder.Release(10);
        await Generated.OfAsync(generator, Ask(9), Stop);
        Assert.Equal(9, await _encoder.Begun.ReadAsync(Stop));
    }

    [Fact]
    public async Task A_prompt_that_waits_to_be_read_ends_at_once_and_is_never_read()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options(), _clock, _encoder);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var first = Generated.OfAsync(generator, Ask(1), Stop);
        Assert.Equal(1, await _encoder.Begun.ReadAsync(Stop));
        var cancelled = Generated.OfAsync(generator, Ask(2), gone.Token);
        var late = Generated.OfAsync(generator, Ask(3) with { Deadline = _clock.GetUtcNow() + TimeSpan.FromSeconds(5) }, Stop);

        await gone.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(6));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal((null, GenerationEnd.Deadline), ((await late).Started, (await late).End));
        _encoder.Release(10);
        await first;
        await Generated.OfAsync(generator, Ask(9), Stop);
        Assert.Equal(9, await _encoder.Begun.ReadAsync(Stop));
    }

    [Fact]
    public async Task A_deadline_ends_the_reading_before_the_next_image()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options(), _clock, _encoder);
        var asked = Generated.OfAsync(generator, Ask(1, 2) with { Deadline = _clock.GetUtcNow() + TimeSpan.FromSeconds(5) }, Stop);
        Assert.Equal(1, await _encoder.Begun.ReadAsync(Stop));

        _clock.Advance(TimeSpan.FromSeconds(6));
        _encoder.Release(10);

        Assert.Equal(GenerationEnd.Deadline, (await asked).End);
        Assert.False(_encoder.Begun.TryRead(out _));
    }

    [Fact]
    public async Task An_engine_that_is_stopped_reads_no_more()
    {
        var generator = await TinyEngine.LoadAsync(TinyEngine.Options(), _clock, _encoder);
        var first = Generated.OfAsync(generator, Ask(1), Stop);
        Assert.Equal(1, await _encoder.Begun.ReadAsync(Stop));
        var second = Generated.OfAsync(generator, Ask(2), Stop);

        var stopped = generator.DisposeAsync();
        _encoder.Release(1);
        await stopped;

        await Assert.ThrowsAsync<ModelLostException>(() => second);
        Assert.False(_encoder.Begun.TryRead(out _));
        await Record.ExceptionAsync(() => first);
    }

    [Fact]
    public async Task An_image_that_takes_much_longer_than_others_is_taken_for_hung_and_a_slow_series_is_not()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options(), _clock, _encoder);
        var asked = Generated.OfAsync(generator, Ask(1, 2, 3, 4), Stop);
        for (var image = 1; image <= 3; image++)
        {
            Assert.Equal(image, await _encoder.Begun.ReadAsync(Stop));
            _clock.Advance(TimeSpan.FromMinutes(2));
            Assert.False(generator.Watch.IsStuck);
            _encoder.Release(1);
        }

        Assert.Equal(4, await _encoder.Begun.ReadAsync(Stop));
        _clock.Advance(TimeSpan.FromMinutes(15));
        Assert.False(generator.Watch.IsStuck);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(generator.Watch.IsStuck);
        _encoder.Release(1);
        await asked;
        Assert.False(generator.Watch.IsStuck);
    }

    private static GenerationRequest Ask(params byte[] images)
    {
        var text = TinyEngine.Ask("What is this?", 2);
        return text with { Prompt = [.. text.Prompt.Take(3), .. images.Select(image => new PromptPart.Image(new[] { image }, "image/png")), .. text.Prompt.Skip(3)] };
    }
}
