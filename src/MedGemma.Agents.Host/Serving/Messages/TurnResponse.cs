using System.Text.Json;

namespace MedGemma.Agents.Host.Serving.Messages;

/// <summary>One turn of a session.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Question">The question.</param>
/// <param name="AsOf">Its instant.</param>
/// <param name="Status"><c>running</c>, <c>interrupted</c>, <c>failed</c>, <c>cancelled</c>, <c>answered</c>, <c>none_recorded</c> or <c>unsure</c>.</param>
/// <param name="Answer">The answer as stored, or null.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="FinishedAt">When it was stored, or null.</param>
internal sealed record TurnResponse(
    int Number,
    string Question,
    DateTimeOffset AsOf,
    string Status,
    JsonElement? Answer,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt);
