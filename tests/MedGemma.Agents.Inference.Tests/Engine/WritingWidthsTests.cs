using System.Diagnostics.Metrics;
using MedGemma.Agents.Inference.Engine.Scheduling;
using MedGemma.Agents.Inference.Telemetry;

namespace MedGemma.Agents.Inference.Tests.Engine;

public sealed class WritingWidthsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Milliseconds of steps of 1 to 8 sequences, one thread, Q8_0: of the 270M, and of six layers of the 4B.
    [Theory]
    [InlineData(new[] { 10.4, 51.9, 61.5, 71.5, 101.8, 113.6, 120.7, 81.8 }, new[] { 1, 1, 1, 1, 1, 1, 1, 8 })]
    [InlineData(new[] { 24.7, 69.9, 80.6, 92.9, 139.5, 149.9, 168.1, 112.4 }, new[] { 1, 1, 3, 4, 4, 6, 7, 8 })]
    [InlineData(new[] { 10.0, 11.0, 12.0, 13.0 }, new[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(new double[0], new[] { 1, 2, 3 })]
    public void Steps_are_taken_apart_where_that_is_clearly_faster(double[] milliseconds, int[] best)
    {
        var widths = new WritingWidths([.. milliseconds.Select(TimeSpan.FromMilliseconds)]);

        Assert.Equal(best, Enumerable.Range(1, best.Length).Select(widths.Best));
    }

    [Fact]
    public async Task Sequences_that_take_turns_all_write_what_they_write_alone()
    {
        var options = TinyEngine.Options();
        options.Name = $"turns-{Guid.NewGuid():N}";
        var widest = 0;
        var sequences = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name is InferenceTelemetry.BatchSequences or InferenceTelemetry.BatchTokens)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) =>
        {
            if (!labels.ToArray().Contains(new(InferenceTelemetry.Model, options.Name)))
                return;
            if (instrument.Name == InferenceTelemetry.BatchSequences)
                sequences = value;
            else if (value == sequences)
                widest = Math.Max(widest, value);
        });
        listener.Start();
        await using var generator = await TinyEngine.LoadAsync(options, new SlowingClock());
        var requests = new[] { "What was the latest creatinine?", "Any allergy?", "How old is the patient?" }.Select(question => TinyEngine.Ask(question, 24)).ToList();
        var together = await Task.WhenAll(requests.Select(request => Generated.OfAsync(generator, request, Stop)));
        var alone = new List<Generated>();
        foreach (var request in requests)
            alone.Add(await Generated.OfAsync(generator, request, Stop));

        Assert.Equal(1, widest);
        Assert.Equal(alone.Select(one => one.Ids), together.Select(one => one.Ids));
    }

    /// <summary>Each reading comes later after the one before, so that what is measured last, the widest step, seems to take longest by far.</summary>
    private sealed class SlowingClock : TimeProvider
    {
        private readonly Lock _gate = new();
        private long _readings;
        private long _now;

        public override long GetTimestamp()
        {
            lock (_gate)
                return _now += ++_readings * _readings * 1000;
        }
    }
}
