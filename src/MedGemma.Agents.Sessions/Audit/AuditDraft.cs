using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>What is to become the next row of the chain.</summary>
/// <param name="Row">Who did what.</param>
/// <param name="Resource">The FHIR resource as JSON.</param>
internal sealed record AuditDraft(AuditRow Row, string Resource);
