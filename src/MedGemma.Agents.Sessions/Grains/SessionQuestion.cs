namespace MedGemma.Agents.Sessions.Grains;

/// <summary>A question to a session.</summary>
/// <param name="Text">The question.</param>
/// <param name="AsOf">The instant of the question, or null for now.</param>
/// <param name="IdempotencyKey">The client's own name for the request: the same again gives the stored turn; or null.</param>
[GenerateSerializer]
[Immutable]
[Alias("medgemma.session-question")]
public sealed record SessionQuestion(
    [property: Id(0)] string Text,
    [property: Id(1)] DateTimeOffset? AsOf,
    [property: Id(2)] string? IdempotencyKey);
