using System.Diagnostics.Metrics;
using MedGemma.Agents.Inference.Telemetry;

namespace MedGemma.Agents.Inference.Tests.Engine;

/// <summary>Cells that an engine's cache holds at this moment, by who holds them, as its metrics say.</summary>
internal static class UsedCells
{
    public static IReadOnlyDictionary<string, int> Of(string model)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (published, self) =>
            {
                if (published.Name == InferenceTelemetry.UsedCells)
                    self.EnableMeasurementEvents(published);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) =>
        {
            var labels = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string, StringComparer.Ordinal);
            if (labels[InferenceTelemetry.Model] == model)
                found[labels[InferenceTelemetry.CellHolder]!] = value;
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }
}
