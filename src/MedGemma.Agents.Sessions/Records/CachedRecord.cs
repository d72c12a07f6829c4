using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Sessions.Records;

/// <summary>A record as the cache holds it; a turn that has it keeps it, whatever the cache does.</summary>
/// <param name="Record">The record.</param>
/// <param name="ChangeToken">The source's change token from before it was read.</param>
/// <param name="Digest">Lower-case hexadecimal SHA-256 over the references and versions of all its resources, in ordinal order.</param>
/// <param name="Content">Lower-case hexadecimal SHA-256 over the references, versions and bytes of all its resources and of those that support them.</param>
/// <param name="Bytes">Estimated size in memory.</param>
public sealed record CachedRecord(PatientRecord Record, string ChangeToken, string Digest, string Content, long Bytes);
