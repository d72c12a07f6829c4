using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Records.Reading;

/// <summary>Limits of <see cref="ResourceReader"/>.</summary>
public sealed class ResourceReaderOptions
{
    /// <summary>Longest NDJSON line, bundle entry or single resource that is held in memory; what is longer is reported and passed over.</summary>
    /// <value>Bytes after decompression. Default 64 MiB; 4 KiB to 1 GiB.</value>
    [Range(4 * 1024, 1024 * 1024 * 1024)]
    public int MaxResourceBytes { get; set; } = 64 * 1024 * 1024;
}
