namespace MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;

/// <summary>Something of an answer that the record does not bear out.</summary>
/// <param name="Where">Resource and path, or the operation of a derivation.</param>
/// <param name="Reason">What does not hold, in a few words.</param>
internal sealed record AuditMismatch(string Where, string Reason);
