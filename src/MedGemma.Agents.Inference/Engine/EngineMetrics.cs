using System.Diagnostics.Metrics;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Telemetry;

namespace MedGemma.Agents.Inference.Engine;

/// <summary>Measures one engine. Safe for concurrent calls.</summary>
internal sealed class EngineMetrics : IDisposable
{
    private readonly Meter _meter = new(InferenceTelemetry.SourceName);
    private readonly KeyValuePair<string, object?>[] _labels;
    private readonly Histogram<double> _queueTime;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _perToken;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _usage;
    private readonly Histogram<int> _sequences;
    private readonly Histogram<int> _tokens;
    private readonly Counter<long> _prefix;
    private readonly Counter<long> _preemptions;
    private int _sequenceCells;
    private int _prefixCells;

    public EngineMetrics(string model)
    {
        _labels = [new(InferenceTelemetry.Model, model), new(InferenceTelemetry.Operation, "chat"), new(InferenceTelemetry.Provider, InferenceTelemetry.ProviderName)];
        _queueTime = _meter.CreateHistogram<double>(InferenceTelemetry.EngineQueueDuration, "s");
        _firstToken = _meter.CreateHistogram<double>(InferenceTelemetry.TimeToFirstToken, "s");
        _perToken = _meter.CreateHistogram<double>(InferenceTelemetry.TimePerOutputToken, "s");
        _duration = _meter.CreateHistogram<double>(InferenceTelemetry.RequestDuration, "s");
        _usage = _meter.CreateHistogram<long>(InferenceTelemetry.EngineTokens, "{token}");
        _sequences = _meter.CreateHistogram<int>(InferenceTelemetry.BatchSequences, "{sequence}");
        _tokens = _meter.CreateHistogram<int>(InferenceTelemetry.BatchTokens, "{token}");
        _prefix = _meter.CreateCounter<long>(InferenceTelemetry.PrefixTokens, "{token}");
        _preemptions = _meter.CreateCounter<long>(InferenceTelemetry.Preemptions, "{sequence}");
        _meter.CreateObservableGauge(
            InferenceTelemetry.UsedCells,
            () => new[]
            {
                new Measurement<int>(Volatile.Read(ref _sequenceCells), [.. _labels, new(InferenceTelemetry.CellHolder, "sequence")]),
                new Measurement<int>(Volatile.Read(ref _prefixCells), [.. _labels, new(InferenceTelemetry.CellHolder, "prefix")]),
            },
            "{cell}");
    }

    public void Admitted(TimeSpan waited, GenerationPriority priority, int hit, int miss)
    {
        _queueTime.Record(waited.TotalSeconds, [.. _labels, new(InferenceTelemetry.Priority, priority == GenerationPriority.Batch ? "batch" : "interactive")]);
        _prefix.Add(hit, [.. _labels, new(InferenceTelemetry.PrefixResult, "hit")]);
        _prefix.Add(miss, [.. _labels, new(InferenceTelemetry.PrefixResult, "miss")]);
    }

    public void FirstToken(TimeSpan since) => _firstToken.Record(since.TotalSeconds, _labels);

    public void Step(int sequences, int tokens, int sequenceCells, int prefixCells)
    {
        _sequences.Record(sequences, _labels);
        _tokens.Record(tokens, _labels);
        Volatile.Write(ref _sequenceCells, sequenceCells);
        Volatile.Write(ref _prefixCells, prefixCells);
    }

    /// <summary>A request that was turned away before it had a place in the queue.</summary>
    public void Refused(TimeSpan duration, string error) => _duration.Record(duration.TotalSeconds, Labels(error));

    /// <summary>A request that has ended, well where there is no error.</summary>
    public void Finished(TimeSpan duration, TimeSpan? afterFirst, int promptTokens, int outputTokens, string? error)
    {
        _duration.Record(duration.TotalSeconds, Labels(error));
        if (afterFirst is { } time && outputTokens > 1)
            _perToken.Record(time.TotalSeconds / (outputTokens - 1), _labels);
        _usage.Record(promptTokens, [.. _labels, new(InferenceTelemetry.TokenType, "input")]);
        _usage.Record(outputTokens, [.. _labels, new(InferenceTelemetry.TokenType, "output")]);
    }

    public void Preempted() => _preemptions.Add(1, _labels);

    public void Dispose() => _meter.Dispose();

    private KeyValuePair<string, object?>[] Labels(string? error) => error is null ? _labels : [.. _labels, new(InferenceTelemetry.ErrorType, error)];
}
