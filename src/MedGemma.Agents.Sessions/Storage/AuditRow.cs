namespace MedGemma.Agents.Sessions.Storage;

/// <summary>One line of the audit.</summary>
/// <param name="At">When.</param>
/// <param name="Issuer">Who vouches for the user.</param>
/// <param name="User">The user.</param>
/// <param name="Action">One of <see cref="AuditAction"/>.</param>
/// <param name="PatientId">Whose record it was about, or null when no one patient's.</param>
/// <param name="SessionKey">The session, or null.</param>
/// <param name="Turn">The turn, or null.</param>
/// <param name="Outcome">One word: <c>done</c>, <c>denied</c>, <c>not-found</c>, or a turn's status.</param>
public sealed record AuditRow(
    DateTimeOffset At,
    string Issuer,
    string User,
    string Action,
    string? PatientId,
    string? SessionKey,
    int? Turn,
    string Outcome);
