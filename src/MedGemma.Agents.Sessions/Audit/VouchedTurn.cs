namespace MedGemma.Agents.Sessions.Audit;

/// <summary>A turn as its Provenance vouches for it.</summary>
/// <param name="Sequence">The audit row of the Provenance.</param>
/// <param name="Session">Key of the session.</param>
/// <param name="Turn">Number of the turn.</param>
/// <param name="Answer">SHA-256 of the answer.</param>
/// <param name="Work">SHA-256 of question, queries, record versions and work of models (<see cref="AnswerProvenances.DigestOfWork"/>); null in rows of older programs.</param>
internal sealed record VouchedTurn(long Sequence, string Session, int Turn, string Answer, string? Work);
