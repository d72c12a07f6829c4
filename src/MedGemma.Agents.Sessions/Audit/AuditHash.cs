using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>
/// The hashes of the audit chain. What may have to be erased (whose record it was, the FHIR resource) goes in only as a salted digest, so that the chain
/// still verifies when it is gone and nothing can be guessed back from what stays.
/// </summary>
internal static class AuditHash
{
    /// <summary>What the first row is chained to.</summary>
    public static readonly string Genesis = new('0', 64);

    private const string Version = "medgemma-audit-1";

    /// <summary>A salt of 128 bits.</summary>
    public static string NewSalt() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Digest of the parts that may be erased.</summary>
    public static string OfContent(string salt, string? patientId, string resource) => Of(salt, patientId, resource);

    /// <summary>Hash of a row over everything in it and the row before it.</summary>
    public static string OfEntry(AuditEntry entry) => Of(
        Version,
        entry.Sequence.ToString(CultureInfo.InvariantCulture),
        entry.At,
        entry.Issuer,
        entry.User,
        entry.Action,
        entry.SessionKey,
        entry.Turn?.ToString(CultureInfo.InvariantCulture),
        entry.Outcome,
        entry.ContentDigest,
        entry.Previous);

    // As a JSON array no two lists of fields are the same bytes.
    private static string Of(params string?[] fields) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(fields)));
}
