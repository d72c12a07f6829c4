using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Host.Serving.Messages;

/// <summary>Answer of <c>POST /patients/search</c>.</summary>
/// <param name="Patients">The patients found, by id.</param>
internal sealed record PatientSearchResponse(IReadOnlyList<PatientMatch> Patients);
