namespace MedGemma.Agents.Host.Serving.Messages;

/// <summary>Answer of <c>POST /sessions</c>.</summary>
/// <param name="Id">Key of the session; random.</param>
internal sealed record CreateSessionResponse(string Id);
