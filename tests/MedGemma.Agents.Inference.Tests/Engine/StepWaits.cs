using System.Diagnostics.Metrics;
using MedGemma.Agents.Inference.Telemetry;

namespace MedGemma.Agents.Inference.Tests.Engine;

/// <summary>How many steps an engine ended while each interactive request waited. All is measured on the engine's own thread, in memory that does not grow.</summary>
internal sealed class StepWaits : IDisposable
{
    private const int Remembered = 1 << 14;

    private readonly MeterListener _listener = new();
    private readonly long[] _steps = new long[Remembered];
    private readonly int[] _waits = new int[Remembered + 1];
    private long _ended;

    public StepWaits(string model)
    {
        _listener.InstrumentPublished = (published, self) =>
        {
            if (published.Name is InferenceTelemetry.BatchSequences or InferenceTelemetry.EngineQueueDuration)
                self.EnableMeasurementEvents(published);
        };
        _listener.SetMeasurementEventCallback<int>((_, _, tags, _) =>
        {
            if (Has(tags, InferenceTelemetry.Model, model))
                _steps[_ended++ % Remembered] = TimeProvider.System.GetTimestamp();
        });
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            if (!Has(tags, InferenceTelemetry.Model, model) || !Has(tags, InferenceTelemetry.Priority, "interactive"))
                return;

            var arrived = TimeProvider.System.GetTimestamp() - (long)(seconds * TimeProvider.System.TimestampFrequency);
            var wait = 0;
            while (wait < Math.Min(_ended, Remembered) && _steps[(_ended - 1 - wait) % Remembered] > arrived)
                wait++;

            _waits[wait]++;
        });
        _listener.Start();
    }

    /// <summary>How many waits there were, and their median, 99th percentile and maximum in steps.</summary>
    public (int Count, int Median, int P99, int Longest) Summary()
    {
        var count = _waits.Sum();
        Assert.True(count > 50, $"only {count} interactive requests were admitted");
        return (count, At(0.5), At(0.99), At(1));

        int At(double share)
        {
            var (wait, passed) = (0, _waits[0]);
            while (passed < share * count)
                passed += _waits[++wait];
            return wait;
        }
    }

    public void Dispose() => _listener.Dispose();

    private static bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name, string value)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name && (string?)tag.Value == value)
                return true;
        }

        return false;
    }
}
