namespace MedGemma.Agents.Sessions.Grains;

/// <summary>A turn as the session's user may see it.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Question">The question.</param>
/// <param name="AsOf">Its instant.</param>
/// <param name="Status"><c>running</c>, <c>interrupted</c>, <c>failed</c>, <c>cancelled</c>, or the answer's status.</param>
/// <param name="AnswerJson">The answer as JSON text, or null when there is none.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="FinishedAt">When it was stored, or null.</param>
[GenerateSerializer]
[Immutable]
[Alias("medgemma.turn-view")]
public sealed record TurnView(
    [property: Id(0)] int Number,
    [property: Id(1)] string Question,
    [property: Id(2)] DateTimeOffset AsOf,
    [property: Id(3)] string Status,
    [property: Id(4)] string? AnswerJson,
    [property: Id(5)] DateTimeOffset StartedAt,
    [property: Id(6)] DateTimeOffset? FinishedAt);
