using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Telemetry;

namespace MedGemma.Agents.Inference.Tests.Engine;

public sealed class EngineMetricsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_fails_is_measured_with_what_failed()
    {
        var name = $"failed-{Guid.NewGuid():N}";
        var seen = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == InferenceTelemetry.SourceName && instrument.Name == InferenceTelemetry.RequestDuration)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, labels, _) =>
        {
            if (labels.ToArray().Contains(new(InferenceTelemetry.Model, name)))
                seen.Enqueue((string?)labels.ToArray().FirstOrDefault(label => label.Key == InferenceTelemetry.ErrorType).Value ?? "none");
        });
        listener.Start();
        var options = TinyEngine.Options();
        options.Name = name;
        await using (var generator = await TinyEngine.LoadAsync(options))
        {
            await Generated.OfAsync(generator, TinyEngine.Ask("fine", 2), Stop);
            await Assert.ThrowsAsync<ContextOverflowException>(() => Generated.OfAsync(generator, TinyEngine.Ask("long", 1_000_000), Stop));
            await Assert.ThrowsAsync<RequestRefusedException>(() => Generated.OfAsync(generator, TinyEngine.Ask("adapted", 2) with { Adapter = "none" }, Stop));
            await Generated.OfAsync(generator, TinyEngine.Ask("late", 2) with { Deadline = DateTimeOffset.UnixEpoch }, Stop);

            // One who leaves has what was wanted; one who cancels has not.
            await foreach (var _ in generator.GenerateAsync(TinyEngine.Ask("enough", 400), Stop))
                break;
            using var giveUp = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var _ in generator.GenerateAsync(TinyEngine.Ask("given up", 400), giveUp.Token))
                    await giveUp.CancelAsync();
            });
        }

        string[] expected =
        [
            "none", InferenceTelemetry.ErrorOf(new ContextOverflowException(1, 1, 1)), InferenceTelemetry.ErrorOf(new RequestRefusedException("", "")), InferenceTelemetry.Timeout,
            "none", InferenceTelemetry.Abandoned,
        ];
        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task Waiting_writing_and_sharing_are_measured_under_the_conventions_names()
    {
        var name = $"measured-{Guid.NewGuid():N}";
        var seen = new ConcurrentDictionary<(string Name, string? Result), double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == InferenceTelemetry.SourceName)
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
        Assert.Equal(prompt - 1, seen[(InferenceTelemetry.PrefixTokens, "hit")]);
        Assert.Equal(prompt + 1, seen[(InferenceTelemetry.PrefixTokens, "miss")]);
        Assert.Equal(2 * prompt, seen[(InferenceTelemetry.EngineTokens, "input")]);
        Assert.Equal(16, seen[(InferenceTelemetry.EngineTokens, "output")]);
        Assert.True(seen[(InferenceTelemetry.UsedCells, "prefix")] >= prompt);
        string[] times = [InferenceTelemetry.EngineQueueDuration, InferenceTelemetry.TimeToFirstToken, InferenceTelemetry.TimePerOutputToken, InferenceTelemetry.RequestDuration];
        Assert.All(times, time => Assert.Contains(seen.Keys, key => key.Name == time));
        Assert.True(seen[(InferenceTelemetry.BatchSequences, null)] >= 16);

        void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
        {
            var model = "";
            string? result = null;
            foreach (var (label, text) in labels)
            {
                if (label == InferenceTelemetry.Model)
                    model = (string?)text;
                if (label is InferenceTelemetry.PrefixResult or InferenceTelemetry.TokenType or InferenceTelemetry.CellHolder)
                    result = (string?)text;
            }

            if (model == name)
                seen.AddOrUpdate((instrument.Name, result), value, (_, sum) => sum + value);
        }
    }
}
