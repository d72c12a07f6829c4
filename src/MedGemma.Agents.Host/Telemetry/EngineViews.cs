using MedGemma.Agents.Inference.Telemetry;
using OpenTelemetry.Metrics;

namespace MedGemma.Agents.Host.Telemetry;

/// <summary>Bounds of the engine's histograms; those that OpenTelemetry takes by itself are made for milliseconds.</summary>
internal static class EngineViews
{
    // Those of the conventions (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/), and for waits the same as for first tokens.
    private static readonly double[] s_firstToken = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];
    private static readonly double[] s_laterTokens = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5];
    private static readonly double[] s_requests = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
    private static readonly double[] s_tokens = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144];
    private static readonly double[] s_sequences = [1, 2, 4, 8, 16, 32, 64, 128];

    public static MeterProviderBuilder AddEngineViews(this MeterProviderBuilder metrics)
    {
        foreach (var (name, bounds) in new[]
        {
            (InferenceTelemetry.TimeToFirstToken, s_firstToken), (InferenceTelemetry.EngineQueueDuration, s_firstToken), (InferenceTelemetry.TimePerOutputToken, s_laterTokens),
            (InferenceTelemetry.RequestDuration, s_requests), (InferenceTelemetry.EngineTokens, s_tokens), (InferenceTelemetry.BatchTokens, s_tokens), (InferenceTelemetry.BatchSequences, s_sequences),
        })
            metrics.AddView(name, new ExplicitBucketHistogramConfiguration { Boundaries = bounds });

        return metrics;
    }
}
