namespace MedGemma.Agents.Sessions.Storage;

/// <summary>A user says that an answer is wrong.</summary>
/// <param name="SessionKey">The session.</param>
/// <param name="Turn">The turn.</param>
/// <param name="Issuer">Who vouches for the user.</param>
/// <param name="User">The user.</param>
/// <param name="Comment">What is wrong, in the user's words; may be empty.</param>
/// <param name="ReportedAt">When.</param>
public sealed record WrongAnswerReport(string SessionKey, int Turn, string Issuer, string User, string Comment, DateTimeOffset ReportedAt);
