namespace MedGemma.Agents.Inference.Telemetry;

/// <summary>
/// Names of spans, metrics and tags. Those that begin with <c>gen_ai.</c> are of the OpenTelemetry conventions for generative AI
/// (https://opentelemetry.io/docs/specs/semconv/gen-ai/); the client's are written by <c>OpenTelemetryChatClient</c>. No text of a prompt or an answer is ever in them.
/// </summary>
public static class InferenceTelemetry
{
    /// <summary>The source of spans, and the meter.</summary>
    public const string SourceName = "MedGemma.Agents.Inference";

    /// <summary>Histogram, seconds: how long a request waited for a replica.</summary>
    public const string QueueDuration = "medgemma.inference.queue.duration";

    /// <summary>Gauge: requests that wait for a replica.</summary>
    public const string QueueLength = "medgemma.inference.queue.length";

    /// <summary>Gauge: requests that a replica works on.</summary>
    public const string ReplicaRunning = "medgemma.inference.replica.running";

    /// <summary>Gauge: 1 when a replica answers, else 0.</summary>
    public const string ReplicaUp = "medgemma.inference.replica.up";

    /// <summary>Counter: attempts that ended without an answer, by <see cref="ErrorType"/>.</summary>
    public const string AttemptFailures = "medgemma.inference.attempt.failures";

    /// <summary>Tag: the model.</summary>
    public const string Model = "gen_ai.request.model";

    /// <summary>Tag: the replica, as the configuration names it.</summary>
    public const string Replica = "medgemma.inference.replica";

    /// <summary>Tag: <c>interactive</c> or <c>batch</c>.</summary>
    public const string Priority = "medgemma.inference.priority";

    /// <summary>Tag: the kind of failure.</summary>
    public const string ErrorType = "error.type";
}
