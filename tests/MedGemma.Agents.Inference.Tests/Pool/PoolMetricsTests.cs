using System.Diagnostics.Metrics;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Pool;
using MedGemma.Agents.Inference.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Inference.Tests.Pool;

public sealed class PoolMetricsTests : IDisposable
{
    private readonly string _source = $"pool-{Guid.NewGuid():N}";
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedReplica _replica = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<PoolMetrics>().BuildServiceProvider();

    public void Dispose()
    {
        _replica.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task The_clients_measures_say_what_failed_and_nothing_of_what_did_not()
    {
        using var durations = new MetricCollector<double>(null, _source, "gen_ai.client.operation.duration");
        await using var pool = Pool(attempts: 1);
        using var client = new OpenTelemetryChatClient(pool, null, _source);
        var fine = client.GetResponseAsync("fine", cancellationToken: TestContext.Current.CancellationToken);
        (await _replica.NextAsync()).End();
        await fine;
        var refused = client.GetResponseAsync("refused", cancellationToken: TestContext.Current.CancellationToken);
        (await _replica.NextAsync()).Fail(new RequestRefusedException("messages", "wrong"));
        await Assert.ThrowsAsync<RequestRefusedException>(() => refused);
        var streamed = client.GetStreamingResponseAsync("lost", cancellationToken: TestContext.Current.CancellationToken).ToChatResponseAsync(TestContext.Current.CancellationToken);
        var call = await _replica.NextAsync();
        call.Say("a beginning");
        call.Fail(new ModelLostException("gone"));
        await Assert.ThrowsAsync<ModelLostException>(() => streamed);

        Assert.Equal(
            [null, InferenceTelemetry.ErrorOf(new RequestRefusedException("", "")), InferenceTelemetry.ErrorOf(new ModelLostException(""))],
            durations.GetMeasurementSnapshot().Select(measured => measured.Tags.GetValueOrDefault(InferenceTelemetry.ErrorType)));
    }

    [Fact]
    public async Task A_wait_that_ends_without_a_place_says_why()
    {
        using var waits = new MetricCollector<double>(_services.GetRequiredService<IMeterFactory>(), InferenceTelemetry.SourceName, InferenceTelemetry.QueueDuration);
        await using var pool = Pool(queueLength: 0);
        var running = pool.GetResponseAsync("first", cancellationToken: TestContext.Current.CancellationToken);
        var call = await _replica.NextAsync();
        await Assert.ThrowsAsync<ModelBusyException>(() => pool.GetResponseAsync("second", cancellationToken: TestContext.Current.CancellationToken));
        call.End();
        await running;

        Assert.Equal(
            [null, InferenceTelemetry.ErrorOf(new ModelBusyException(TimeSpan.Zero))],
            waits.GetMeasurementSnapshot().Select(measured => measured.Tags.GetValueOrDefault(InferenceTelemetry.ErrorType)));
    }

    private ModelPool Pool(int attempts = 3, int queueLength = 64) => new(
        "planner", [_replica.Replica("one")], new ModelPoolOptions { Attempts = attempts, QueueLength = queueLength }, _time, NullLogger<ModelPool>.Instance, _services.GetRequiredService<PoolMetrics>());
}
