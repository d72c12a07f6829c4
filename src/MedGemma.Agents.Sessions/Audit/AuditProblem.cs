namespace MedGemma.Agents.Sessions.Audit;

/// <summary>Something in the audit that is not as it was written.</summary>
/// <param name="Sequence">The row, or null when it is of no one row.</param>
/// <param name="Message">What is wrong, in one sentence without data of anybody.</param>
public sealed record AuditProblem(long? Sequence, string Message);
