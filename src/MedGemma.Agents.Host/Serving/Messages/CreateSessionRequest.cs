using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Host.Serving.Messages;

/// <summary>Body of <c>POST /sessions</c>.</summary>
/// <param name="Patient">Logical id of the one patient that the session is about.</param>
/// <param name="Role">What "I" means: <c>clinician</c>, <c>patient</c> or <c>unknown</c> (default).</param>
internal sealed record CreateSessionRequest(string? Patient, AskerRole? Role);
