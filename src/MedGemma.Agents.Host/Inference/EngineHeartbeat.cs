using System.Diagnostics.Metrics;
using MedGemma.Agents.Inference.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MedGemma.Agents.Host.Inference;

/// <summary>
/// Whether the engine computes when it has something to compute: a native call that does not come back leaves a process that answers every check and no request. The
/// engine's own measurement of each step is its pulse.
/// </summary>
internal sealed class EngineHeartbeat : IHealthCheck, IDisposable
{
    /// <summary>Longer than the slowest step of a large model on a processor.</summary>
    private static readonly TimeSpan s_longestStep = TimeSpan.FromMinutes(3);

    private readonly TimeProvider _time;
    private readonly MeterListener _listener = new();
    private long _pulse;
    private int _running;

    public EngineHeartbeat(TimeProvider time)
    {
        _time = time;
        _pulse = time.GetTimestamp();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == InferenceTelemetry.SourceName && instrument.Name == InferenceTelemetry.BatchSequences)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, _, _, _) => Volatile.Write(ref _pulse, _time.GetTimestamp()));
        _listener.Start();
    }

    /// <summary>Passes a request on and knows that it runs.</summary>
    public async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        if (Interlocked.Increment(ref _running) == 1)
            Volatile.Write(ref _pulse, _time.GetTimestamp());

        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        Volatile.Read(ref _running) > 0 && _time.GetElapsedTime(Volatile.Read(ref _pulse)) > s_longestStep
            ? HealthCheckResult.Unhealthy("The engine has stopped computing.")
            : HealthCheckResult.Healthy());

    public void Dispose() => _listener.Dispose();
}
