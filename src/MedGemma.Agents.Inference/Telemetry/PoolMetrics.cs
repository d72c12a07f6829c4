using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Pool;

namespace MedGemma.Agents.Inference.Telemetry;

/// <summary>What pools measure of their queues and replicas. Safe for concurrent calls.</summary>
public sealed class PoolMetrics
{
    private static readonly InstrumentAdvice<double> Waits = new() { HistogramBucketBoundaries = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120] };

    private readonly ConcurrentDictionary<ModelPool, bool> _pools = new();
    private readonly Histogram<double> _waited;
    private readonly Counter<long> _failures;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">Makes the meter.</param>
    public PoolMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(InferenceTelemetry.SourceName);
        _waited = meter.CreateHistogram(InferenceTelemetry.QueueDuration, "s", "Time that a request waited for a replica.", advice: Waits);
        _failures = meter.CreateCounter<long>(InferenceTelemetry.AttemptFailures, "{attempt}", "Attempts that ended without an answer.");
        meter.CreateObservableGauge(InferenceTelemetry.QueueLength, () => _pools.Keys.Select(pool => new Measurement<int>(pool.Waiting, Tag(InferenceTelemetry.Model, pool.Key))), "{request}", "Requests that wait for a replica.");
        meter.CreateObservableGauge(InferenceTelemetry.ReplicaRunning, () => Replicas(replica => replica.Running), "{request}", "Requests that a replica works on.");
        meter.CreateObservableGauge(InferenceTelemetry.ReplicaUp, () => Replicas(replica => replica.IsUp ? 1 : 0), "1", "Whether a replica answers.");
    }

    internal void Watch(ModelPool pool) => _pools[pool] = true;

    internal void Forget(ModelPool pool) => _pools.TryRemove(pool, out _);

    internal void Waited(string model, GenerationPriority priority, TimeSpan time, string? error)
    {
        var tags = new TagList { Tag(InferenceTelemetry.Model, model), Tag(InferenceTelemetry.Priority, priority == GenerationPriority.Batch ? "batch" : "interactive") };
        if (error is not null)
            tags.Add(Tag(InferenceTelemetry.ErrorType, error));

        _waited.Record(time.TotalSeconds, tags);
    }

    internal void Failed(string model, string replica, string error) =>
        _failures.Add(1, Tag(InferenceTelemetry.Model, model), Tag(InferenceTelemetry.Replica, replica), Tag(InferenceTelemetry.ErrorType, error));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private IEnumerable<Measurement<int>> Replicas(Func<ReplicaStatus, int> value) => _pools.Keys.SelectMany(pool => pool.Replicas.Select(replica =>
        new Measurement<int>(value(replica), Tag(InferenceTelemetry.Model, pool.Key), Tag(InferenceTelemetry.Replica, replica.Name))));
}
