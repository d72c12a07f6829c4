namespace MedGemma.Agents.Sessions.Audit;

/// <summary>What verifying the audit found.</summary>
/// <param name="Rows">Rows of the chain.</param>
/// <param name="Erased">Of those, rows whose patient and resource have been erased.</param>
/// <param name="Unchained">Rows from before the chain was begun, which prove nothing.</param>
/// <param name="Head">The last row, to be noted elsewhere; null when there is none.</param>
/// <param name="Problems">What is not as it was written; empty when the chain holds.</param>
public sealed record AuditVerification(long Rows, long Erased, long Unchained, AuditAnchor? Head, IReadOnlyList<AuditProblem> Problems);
