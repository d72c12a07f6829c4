namespace MedGemma.Agents.Host.Serving.Messages;

/// <summary>Body of <c>POST /patients/search</c>; a body, so that names stay out of URLs.</summary>
/// <param name="Text">Part of a name, an identifier or an id; empty finds all.</param>
/// <param name="Limit">Most patients to return, 1 to 200; default 20.</param>
internal sealed record PatientSearchRequest(string? Text, int? Limit);
