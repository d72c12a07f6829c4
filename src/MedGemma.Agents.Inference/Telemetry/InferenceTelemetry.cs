namespace MedGemma.Agents.Inference.Telemetry;

/// <summary>
/// Names of the spans, metrics and tags of models. Those that begin with <c>gen_ai.</c> and <c>error.</c> are of the OpenTelemetry conventions for generative AI
/// (https://github.com/open-telemetry/semantic-conventions-genai, docs/gen-ai/gen-ai-metrics.md), which know a client's and a server's measures; the client's
/// (<c>gen_ai.client.*</c>) are written by <c>OpenTelemetryChatClient</c> before a pool. For the others there is no convention: <c>medgemma.inference.*</c> is measured
/// where requests are handed to replicas, <c>medgemma.engine.*</c> in the engine. No text of a prompt or an answer is ever in them.
/// </summary>
public static class InferenceTelemetry
{
    /// <summary>The source of spans, and the meter.</summary>
    public const string SourceName = "MedGemma.Agents.Inference";

    /// <summary>Histogram, seconds: from a request's arrival at the engine to its first token.</summary>
    public const string TimeToFirstToken = "gen_ai.server.time_to_first_token";

    /// <summary>Histogram, seconds: each token after the first.</summary>
    public const string TimePerOutputToken = "gen_ai.server.time_per_output_token";

    /// <summary>Histogram, seconds: from a request's arrival at the engine to its end, by <see cref="ErrorType"/> where it failed or was refused.</summary>
    public const string RequestDuration = "gen_ai.server.request.duration";

    /// <summary>Histogram, tokens: what a request has read and written, by <see cref="TokenType"/>. The conventions count tokens at the client only.</summary>
    public const string EngineTokens = "medgemma.engine.tokens";

    /// <summary>Histogram, seconds: from a request's arrival at the engine to its first step.</summary>
    public const string EngineQueueDuration = "medgemma.engine.queue.duration";

    /// <summary>Histogram: sequences in a step.</summary>
    public const string BatchSequences = "medgemma.engine.batch.sequences";

    /// <summary>Histogram: tokens in a step.</summary>
    public const string BatchTokens = "medgemma.engine.batch.tokens";

    /// <summary>Gauge: cells of the key and value cache in use, by <see cref="CellHolder"/>.</summary>
    public const string UsedCells = "medgemma.engine.kv.cells";

    /// <summary>Counter: tokens of prompts, by <see cref="PrefixResult"/>; hits over all is the hit rate.</summary>
    public const string PrefixTokens = "medgemma.engine.prefix.tokens";

    /// <summary>Counter: sequences that had to give way.</summary>
    public const string Preemptions = "medgemma.engine.preemptions";

    /// <summary>Histogram, seconds: how long a request waited for a replica, by <see cref="ErrorType"/> where it got none.</summary>
    public const string QueueDuration = "medgemma.inference.queue.duration";

    /// <summary>Gauge: requests that wait for a replica.</summary>
    public const string QueueLength = "medgemma.inference.queue.length";

    /// <summary>Gauge: requests that a replica works on.</summary>
    public const string ReplicaRunning = "medgemma.inference.replica.running";

    /// <summary>Gauge: 1 when a replica answers, else 0.</summary>
    public const string ReplicaUp = "medgemma.inference.replica.up";

    /// <summary>Counter: attempts that ended without an answer, by <see cref="ErrorType"/>.</summary>
    public const string AttemptFailures = "medgemma.inference.attempt.failures";

    /// <summary>Tag: the model, by its key or name.</summary>
    public const string Model = "gen_ai.request.model";

    /// <summary>Tag: the operation; always <c>chat</c>.</summary>
    public const string Operation = "gen_ai.operation.name";

    /// <summary>Tag: who provides the model; always <see cref="ProviderName"/>.</summary>
    public const string Provider = "gen_ai.provider.name";

    /// <summary>What this software calls itself as a provider of models, at the engine and before the pool.</summary>
    public const string ProviderName = "medgemma";

    /// <summary>Tag: <c>input</c> or <c>output</c>.</summary>
    public const string TokenType = "gen_ai.token.type";

    /// <summary>Tag: <c>sequence</c> or <c>prefix</c>.</summary>
    public const string CellHolder = "medgemma.engine.kv.holder";

    /// <summary>Tag: <c>hit</c> or <c>miss</c>.</summary>
    public const string PrefixResult = "medgemma.engine.prefix.result";

    /// <summary>Tag: the replica, as the configuration names it.</summary>
    public const string Replica = "medgemma.inference.replica";

    /// <summary>Tag: <c>interactive</c> or <c>batch</c>.</summary>
    public const string Priority = "medgemma.inference.priority";

    /// <summary>
    /// Tag of what has failed, and of nothing else: the kind of failure. At the client and of the engine's requests the name of the exception's type, or <see cref="Timeout"/>; of
    /// an attempt on a replica <c>lost</c>, <c>busy</c> or <c>hung</c>.
    /// </summary>
    public const string ErrorType = "error.type";

    /// <summary>Kind of failure: the deadline of a request has passed.</summary>
    public const string Timeout = "timeout";

    /// <summary>Kind of failure: whoever asked gave up. As the client calls it.</summary>
    public const string Abandoned = "System.OperationCanceledException";

    /// <summary>The kind of a failure, as the client's measures call it too.</summary>
    public static string ErrorOf(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure is OperationCanceledException ? Abandoned : failure.GetType().FullName!;
    }
}
