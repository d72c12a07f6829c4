using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Sessions.Records;

/// <summary>How the process-wide record cache behaves; section <c>MedGemma:RecordCache</c>.</summary>
public sealed class RecordCacheOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "MedGemma:RecordCache";

    /// <summary>Most memory that cached records may take, as estimated.</summary>
    /// <value>Bytes; default 1 GiB. A record larger than this is used for its turn and not kept.</value>
    [Range(1L << 20, long.MaxValue, ErrorMessage = "MedGemma:RecordCache:MaxBytes must be at least 1048576 (1 MiB).")]
    public long MaxBytes { get; set; } = 1L << 30;

    /// <summary>Estimated bytes in memory for each byte of JSON.</summary>
    /// <value>A factor; default 5: records of 150 resources were measured to take 4.5 (benchmark <c>sessions-memory</c>).</value>
    [Range(1.0, 20.0, ErrorMessage = "MedGemma:RecordCache:MemoryFactor must be between 1 and 20.")]
    public double MemoryFactor { get; set; } = 5;

    /// <summary>Most records that are read and built at once; who needs another waits. What is being read is in no budget of memory yet.</summary>
    /// <value>A number; default 4.</value>
    [Range(1, 1024, ErrorMessage = "MedGemma:RecordCache:ConcurrentLoads must be between 1 and 1024.")]
    public int ConcurrentLoads { get; set; } = 4;

    /// <summary>How long a cached record is used before its source is asked whether it has changed.</summary>
    /// <value>A time span; default 2 seconds. Zero asks on every turn.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "MedGemma:RecordCache:Staleness must be between 00:00:00 and 01:00:00.")]
    public TimeSpan Staleness { get; set; } = TimeSpan.FromSeconds(2);
}
