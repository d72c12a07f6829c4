using System.Text.Json.Serialization;

namespace MedGemma.Agents.Inference.OpenAi.Protocol;

/// <summary>The body of a failed request.</summary>
internal sealed record ErrorEnvelope(ProtocolError? Error);

/// <summary>What went wrong. The numbers are extensions: of an overflow, and of a busy model, whose <c>Retry-After</c> a streamed error has no header for.
/// Servers other than ours give numbers as codes.</summary>
internal sealed record ProtocolError(string? Message, string? Type, [property: JsonConverter(typeof(TextOrNumber))] string? Param, [property: JsonConverter(typeof(TextOrNumber))] string? Code)
{
    public const string InvalidRequest = "invalid_request_error";
    public const string Unavailable = "server_error";
    public const string RateLimit = "rate_limit_error";
    public const string Overflow = "context_length_exceeded";
    public const string Busy = "model_busy";
    public const string Lost = "model_lost";
    public const string Failed = "model_failed";
    public const string UnknownModel = "model_not_found";

    public int? PromptTokens { get; init; }

    public int? RequestedTokens { get; init; }

    public int? ContextLength { get; init; }

    public double? RetryAfterSeconds { get; init; }
}
