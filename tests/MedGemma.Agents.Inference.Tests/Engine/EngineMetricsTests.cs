using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine;

namespace MedGemma.Agents.Inference.Tests.Engine;

public sealed class EngineMetricsTests
{
    [Fact]
    public async Task Waiting_writing_and_sharing_are_measured_under_the_conventions_names()
    {
        var name = $"measured-{Guid.NewGuid():N}";
        var seen = new ConcurrentDictionary<(string Name, string? Result), double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == EngineTelemetry.Meter)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Take(instrument, value, labels));
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Take(instrument, value, labels));
        listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) => Take(instrument, value, labels));
        listener.Start();
        var options = TinyEngine.Options();
        options.Name = name;
        await using var generator = await TinyEngine.LoadAsync(options);
        var request = TinyEngine.Ask("What was the latest creatinine?", 8) with { Prefix = new PrefixHint("patient") };

        var first = await Generated.OfAsync(generator, request, TestContext.Current.CancellationToken);
        await Generated.OfAsync(generator, request, TestContext.Current.CancellationToken);
        listener.RecordObservableInstruments();

        var prompt = first.Started!.PromptTokens;
        Assert.Equal(prompt - 1, seen[(EngineTelemetry.PrefixTokens, "hit")]);
        Assert.Equal(prompt + 1, seen[(EngineTelemetry.PrefixTokens, "miss")]);
        Assert.Equal(2 * prompt, seen[(EngineTelemetry.TokenUsage, "input")]);
        Assert.Equal(16, seen[(EngineTelemetry.TokenUsage, "output")]);
        Assert.True(seen[(EngineTelemetry.UsedCells, "prefix")] >= prompt);
        string[] times = [EngineTelemetry.QueueTime, EngineTelemetry.TimeToFirstToken, EngineTelemetry.TimePerOutputToken, EngineTelemetry.RequestDuration];
        Assert.All(times, time => Assert.Contains(seen.Keys, key => key.Name == time));
        Assert.True(seen[(EngineTelemetry.BatchOccupancy, null)] >= 16);

        void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
        {
            var model = "";
            string? result = null;
            foreach (var (label, text) in labels)
            {
                if (label == EngineTelemetry.Model)
                    model = (string?)text;
                if (label is EngineTelemetry.PrefixResult or EngineTelemetry.TokenType or EngineTelemetry.Holder)
                    result = (string?)text;
            }

            if (model == name)
                seen.AddOrUpdate((instrument.Name, result), value, (_, sum) => sum + value);
        }
    }
}
