namespace MedGemma.Agents.Host.Serving.Messages;

/// <summary>Body of <c>POST /sessions/{id}/questions</c>.</summary>
/// <param name="Question">The question, in English.</param>
/// <param name="AsOf">The instant of the question, ISO 8601 with an offset; default now.</param>
internal sealed record AskRequest(string? Question, string? AsOf);
