using System.Diagnostics.Metrics;
using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Engine;

/// <summary>Measures one engine. Safe for concurrent calls.</summary>
internal sealed class EngineMetrics : IDisposable
{
    private readonly Meter _meter = new(EngineTelemetry.Meter);
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
        _labels = [new(EngineTelemetry.Model, model), new(EngineTelemetry.Operation, "chat")];
        _queueTime = _meter.CreateHistogram<double>(EngineTelemetry.QueueTime, "s");
        _firstToken = _meter.CreateHistogram<double>(EngineTelemetry.TimeToFirstToken, "s");
        _perToken = _meter.CreateHistogram<double>(EngineTelemetry.TimePerOutputToken, "s");
        _duration = _meter.CreateHistogram<double>(EngineTelemetry.RequestDuration, "s");
        _usage = _meter.CreateHistogram<long>(EngineTelemetry.TokenUsage, "{token}");
        _sequences = _meter.CreateHistogram<int>(EngineTelemetry.BatchOccupancy, "{sequence}");
        _tokens = _meter.CreateHistogram<int>(EngineTelemetry.BatchTokens, "{token}");
        _prefix = _meter.CreateCounter<long>(EngineTelemetry.PrefixTokens, "{token}");
        _preemptions = _meter.CreateCounter<long>(EngineTelemetry.Preemptions, "{sequence}");
        _meter.CreateObservableGauge(
            EngineTelemetry.UsedCells,
            () => new[]
            {
                new Measurement<int>(Volatile.Read(ref _sequenceCells), [.. _labels, new(EngineTelemetry.Holder, "sequence")]),
                new Measurement<int>(Volatile.Read(ref _prefixCells), [.. _labels, new(EngineTelemetry.Holder, "prefix")]),
            },
            "{cell}");
    }

    public void Admitted(TimeSpan waited, GenerationPriority priority, int hit, int miss)
    {
        _queueTime.Record(waited.TotalSeconds, [.. _labels, new(EngineTelemetry.Priority, priority == GenerationPriority.Batch ? "batch" : "interactive")]);
        _prefix.Add(hit, [.. _labels, new(EngineTelemetry.PrefixResult, "hit")]);
        _prefix.Add(miss, [.. _labels, new(EngineTelemetry.PrefixResult, "miss")]);
    }

    public void FirstToken(TimeSpan since) => _firstToken.Record(since.TotalSeconds, _labels);

    public void Step(int sequences, int tokens, int sequenceCells, int prefixCells)
    {
        _sequences.Record(sequences, _labels);
        _tokens.Record(tokens, _labels);
        Volatile.Write(ref _sequenceCells, sequenceCells);
        Volatile.Write(ref _prefixCells, prefixCells);
    }

    public void Finished(TimeSpan duration, TimeSpan? afterFirst, int promptTokens, int outputTokens)
    {
        _duration.Record(duration.TotalSeconds, _labels);
        if (afterFirst is { } time && outputTokens > 1)
            _perToken.Record(time.TotalSeconds / (outputTokens - 1), _labels);
        _usage.Record(promptTokens, [.. _labels, new(EngineTelemetry.TokenType, "input")]);
        _usage.Record(outputTokens, [.. _labels, new(EngineTelemetry.TokenType, "output")]);
    }

    public void Preempted() => _preemptions.Add(1, _labels);

    public void Dispose() => _meter.Dispose();
}
