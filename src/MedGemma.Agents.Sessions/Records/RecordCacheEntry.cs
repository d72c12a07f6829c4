namespace MedGemma.Agents.Sessions.Records;

/// <summary>One place in the cache. Its fields change only under the cache's lock.</summary>
internal sealed class RecordCacheEntry(RecordCacheKey key)
{
    public RecordCacheKey Key { get; } = key;

    /// <summary>The load or check that is under way, which everyone who asks meanwhile joins; null when none is.</summary>
    public Task<CachedRecord?>? Pending { get; set; }

    /// <summary>The record, or null before the first load.</summary>
    public CachedRecord? Record { get; set; }

    /// <summary>Time stamp of the last time that the source said the record is the newest.</summary>
    public long CheckedAt { get; set; }
}
