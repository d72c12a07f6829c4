using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Sources;

/// <summary>One version of one resource as a source gave it.</summary>
/// <param name="Key">Type and id.</param>
/// <param name="Version"><c>meta.versionId</c>, or the lower-case hexadecimal SHA-256 of the canonical content where the source gives none.</param>
/// <param name="Json">UTF-8 JSON of the resource, byte for byte as received.</param>
/// <param name="FullUrl">The bundle's <c>fullUrl</c> where there was one: what <c>urn:uuid:</c> references point at.</param>
/// <param name="LastUpdated"><c>meta.lastUpdated</c>.</param>
public sealed record RawResource(ResourceKey Key, string Version, ReadOnlyMemory<byte> Json, string? FullUrl, DateTimeOffset? LastUpdated);
