using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.EngineFaults;

/// <summary>Lets an assertion of llama.cpp fail in the middle of a running engine's work.</summary>
public static class EngineAssertion
{
    /// <summary>What the log of the process says of it.</summary>
    public const string Said = "GGML_ASSERT(";

    /// <summary><c>SIGUSR1</c>.</summary>
    private const int Signal = 10;

    private static readonly MeterListener s_steps = new();
    private static PosixSignalRegistration? s_signal;
    private static volatile bool s_armed;

    /// <summary>From the next <c>SIGUSR1</c> on, the engine's own thread runs into the assertion as soon as it has computed a step.</summary>
    /// <param name="model">A model file to make a cache of, small.</param>
    public static void AwaitSignal(string model)
    {
        if (s_signal is not null)
            throw new InvalidOperationException("The signal is awaited already.");

        s_signal = PosixSignalRegistration.Create((PosixSignal)Signal, context =>
        {
            context.Cancel = true;
            s_armed = true;
        });

        // Steps are measured on the thread that computes them.
        s_steps.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == InferenceTelemetry.SourceName && instrument.Name == InferenceTelemetry.BatchSequences)
                listener.EnableMeasurementEvents(instrument);
        };
        s_steps.SetMeasurementEventCallback<int>((_, _, _, _) =>
        {
            if (s_armed)
                Fail(model);
        });
        s_steps.Start();
    }

    /// <summary>Copies from a sequence that no cache has: llama.cpp asserts the number, and ends the process.</summary>
    private static void Fail(string path)
    {
        using var model = LlamaModel.Load(LlamaRuntime.Start(NullLogger.Instance), [path]);
        using var context = LlamaContext.Create(model, new LlamaContextOptions { Cells = 256, BatchSize = 64, MicroBatchSize = 64 });
        context.Memory.Share(1_000_000, 0, 0, 1);
    }
}
