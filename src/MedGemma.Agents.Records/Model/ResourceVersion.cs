namespace MedGemma.Agents.Records.Model;

/// <summary>One version of one resource.</summary>
/// <param name="Key">Type and id.</param>
/// <param name="Version"><c>meta.versionId</c> or the SHA-256 of the canonical content.</param>
public readonly record struct ResourceVersion(ResourceKey Key, string Version);
