using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Sessions.Storage;

/// <summary>A session as it was created; nothing of it ever changes.</summary>
/// <param name="Key">Random key of 128 bits, 32 lower-case hexadecimal digits.</param>
/// <param name="Issuer">Who vouches for the user.</param>
/// <param name="User">The user, unique within the issuer.</param>
/// <param name="PatientId">Logical id of the one patient.</param>
/// <param name="Role">What "I" means in questions.</param>
/// <param name="CreatedAt">When.</param>
public sealed record SessionRow(string Key, string Issuer, string User, string PatientId, AskerRole Role, DateTimeOffset CreatedAt);
