namespace MedGemma.Agents.Inference.Engine;

/// <summary>
/// Names of what the engine measures. Those that begin with <c>gen_ai</c> are of the OpenTelemetry conventions for generative AI
/// (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/); the others have no convention.
/// </summary>
public static class EngineTelemetry
{
    /// <summary>The meter.</summary>
    public const string Meter = "MedGemma.Agents.Inference";

    /// <summary>Seconds from a request's arrival to its first token.</summary>
    public const string TimeToFirstToken = "gen_ai.server.time_to_first_token";

    /// <summary>Seconds a token after the first.</summary>
    public const string TimePerOutputToken = "gen_ai.server.time_per_output_token";

    /// <summary>Seconds from a request's arrival to its end.</summary>
    public const string RequestDuration = "gen_ai.server.request.duration";

    /// <summary>Tokens read and written.</summary>
    public const string TokenUsage = "gen_ai.client.token.usage";

    /// <summary>Seconds from a request's arrival to its first step.</summary>
    public const string QueueTime = "medgemma.engine.queue.time";

    /// <summary>Sequences in a step.</summary>
    public const string BatchOccupancy = "medgemma.engine.batch.sequences";

    /// <summary>Tokens in a step.</summary>
    public const string BatchTokens = "medgemma.engine.batch.tokens";

    /// <summary>Cells of the key and value cache in use, by what holds them.</summary>
    public const string UsedCells = "medgemma.engine.kv.cells";

    /// <summary>Tokens of prompts, by whether they were computed or taken from the prefix cache; hits over all is the hit rate.</summary>
    public const string PrefixTokens = "medgemma.engine.prefix.tokens";

    /// <summary>Sequences that had to give way.</summary>
    public const string Preemptions = "medgemma.engine.preemptions";

    /// <summary>Label: the model's name.</summary>
    public const string Model = "gen_ai.request.model";

    /// <summary>Label: the operation; always <c>chat</c>.</summary>
    public const string Operation = "gen_ai.operation.name";

    /// <summary>Label of <see cref="TokenUsage"/>: <c>input</c> or <c>output</c>.</summary>
    public const string TokenType = "gen_ai.token.type";

    /// <summary>Label of <see cref="UsedCells"/>: <c>sequence</c> or <c>prefix</c>.</summary>
    public const string Holder = "medgemma.engine.kv.holder";

    /// <summary>Label of <see cref="PrefixTokens"/>: <c>hit</c> or <c>miss</c>.</summary>
    public const string PrefixResult = "medgemma.engine.prefix.result";

    /// <summary>Label: <c>interactive</c> or <c>batch</c>.</summary>
    public const string Priority = "medgemma.engine.priority";
}
