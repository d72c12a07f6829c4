namespace MedGemma.Agents.Sessions.Storage;

/// <summary>A turn as it was begun.</summary>
/// <param name="SessionKey">The session.</param>
/// <param name="Number">1 for the first of the session.</param>
/// <param name="IdempotencyKey">The client's own name for the request, or null.</param>
/// <param name="Question">The question as asked.</param>
/// <param name="AsOf">The instant of the question.</param>
/// <param name="StartedAt">When it was begun.</param>
public sealed record TurnRow(
    string SessionKey,
    int Number,
    string? IdempotencyKey,
    string Question,
    DateTimeOffset AsOf,
    DateTimeOffset StartedAt);
