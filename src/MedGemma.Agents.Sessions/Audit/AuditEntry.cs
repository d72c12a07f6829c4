namespace MedGemma.Agents.Sessions.Audit;

/// <summary>One row of the audit chain.</summary>
/// <param name="Sequence">1 for the first; no number is left out.</param>
/// <param name="At">When, ISO 8601 with ticks, as stored.</param>
/// <param name="Issuer">Who vouches for the user.</param>
/// <param name="User">The user.</param>
/// <param name="Action">One of <see cref="Storage.AuditAction"/>.</param>
/// <param name="PatientId">Whose record it was about; null when nobody's, or erased.</param>
/// <param name="SessionKey">The session, or null.</param>
/// <param name="Turn">The turn, or null.</param>
/// <param name="Outcome">One word.</param>
/// <param name="Resource">The FHIR R4 AuditEvent or Provenance as JSON; null once erased.</param>
/// <param name="Salt">Salt of the digest; null once erased.</param>
/// <param name="ContentDigest">SHA-256 over salt, patient and resource, 64 lower-case hexadecimal digits.</param>
/// <param name="Previous">Hash of the row before.</param>
/// <param name="Hash">Hash of this row.</param>
public sealed record AuditEntry(
    long Sequence,
    string At,
    string Issuer,
    string User,
    string Action,
    string? PatientId,
    string? SessionKey,
    int? Turn,
    string Outcome,
    string? Resource,
    string? Salt,
    string ContentDigest,
    string Previous,
    string Hash)
{
    /// <summary>True once whose record it was and the resource have been erased.</summary>
    public bool IsErased => Resource is null && Salt is null;
}
