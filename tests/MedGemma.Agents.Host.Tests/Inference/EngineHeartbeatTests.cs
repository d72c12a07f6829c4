using MedGemma.Agents.Host.Inference;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Host.Tests.Inference;

public sealed class EngineHeartbeatTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_is_ill_while_its_engine_hangs_in_an_image_and_not_while_it_reads_many()
    {
        var clock = new FakeTimeProvider();
        using var encoder = new SlowEncoder();
        var options = new LlamaGeneratorOptions { Name = "imaging", Files = [TinyModel.Answering], ContextLength = 512, Threads = 1 };
        await using var generator = await LlamaGenerator.LoadAsync(options, NullLogger.Instance, clock, encoder);
        var heartbeat = new EngineHeartbeat();
        Assert.Equal(HealthStatus.Healthy, await HealthAsync());
        heartbeat.Follow(generator.Watch);
        var request = new GenerationRequest([new PromptPart.Control(ControlToken.BeginOfSequence), .. Enumerable.Repeat(new PromptPart.Image(new byte[] { 1 }, "image/png"), 3), new PromptPart.Text("?")]) { MaxTokens = 1 };
        var asked = Task.Run(async () => await generator.GenerateAsync(request, Stop).CountAsync(Stop), Stop);

        foreach (var minutes in new[] { 2, 2 })
        {
            await encoder.Begun.WaitAsync(Stop);
            clock.Advance(TimeSpan.FromMinutes(minutes));
            Assert.Equal(HealthStatus.Healthy, await HealthAsync());
            encoder.May.Release();
        }

        await encoder.Begun.WaitAsync(Stop);
        clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync());
        encoder.May.Release();
        await asked;
        Assert.Equal(HealthStatus.Healthy, await HealthAsync());

        async Task<HealthStatus> HealthAsync() => (await heartbeat.CheckHealthAsync(new HealthCheckContext(), Stop)).Status;
    }

    private sealed class SlowEncoder : IImageEncoder, IDisposable
    {
        public SemaphoreSlim Begun { get; } = new(0);

        public SemaphoreSlim May { get; } = new(0);

        public int TokensPerImage => 4;

        public ReadOnlyMemory<float> Encode(ReadOnlyMemory<byte> data, string mediaType)
        {
            Begun.Release();
            May.Wait(CancellationToken.None);
            return new float[TokensPerImage * 64];
        }

        public void Dispose()
        {
            Begun.Dispose();
            May.Dispose();
        }
    }
}
