using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Host.Serving.Messages;

/// <summary>Answer of <c>GET /sessions/{id}</c>.</summary>
/// <param name="Id">Key of the session.</param>
/// <param name="Patient">The patient.</param>
/// <param name="Role">What "I" means.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Turns">Its newest turns, oldest first.</param>
internal sealed record SessionResponse(string Id, string Patient, AskerRole Role, DateTimeOffset CreatedAt, IReadOnlyList<TurnResponse> Turns);
