using System.Diagnostics.Metrics;
using MedGemma.Agents.Inference.Telemetry;

namespace MedGemma.Agents.Host.Tests.Inference;

/// <summary>Counts the steps of one engine, by its own metrics, on its own thread.</summary>
internal sealed class EngineSteps : IDisposable
{
    private readonly MeterListener _listener;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>Begins to count.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="reached">Called once so many steps are done, before anything else of the step happens.</param>
    /// <param name="at">How many.</param>
    public EngineSteps(string model, int at, Action reached)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == InferenceTelemetry.SourceName && instrument.Name is InferenceTelemetry.BatchTokens or InferenceTelemetry.RequestDuration)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<int>((_, _, labels, _) =>
        {
            if (IsOf(labels, model) && Interlocked.Increment(ref _count) == at)
                reached();
        });
        _listener.SetMeasurementEventCallback<double>((_, _, labels, _) =>
        {
            if (IsOf(labels, model))
                _finished.TrySetResult();
        });
        _listener.Start();
    }

    /// <summary>Steps so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Completes when a request has ended.</summary>
    public Task Finished => _finished.Task;

    public void Dispose() => _listener.Dispose();

    private static bool IsOf(ReadOnlySpan<KeyValuePair<string, object?>> labels, string model)
    {
        foreach (var (label, value) in labels)
        {
            if (label == InferenceTelemetry.Model)
                return (string?)value == model;
        }

        return false;
    }
}
