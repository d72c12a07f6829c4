using System.Diagnostics.Metrics;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Sessions.Telemetry;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Sessions.Records;

/// <summary>
/// The process's records, by source, patient and grant, within a budget of bytes; the least recently used leave. A record is loaded once however
/// many ask for it, and reloaded when its source says that it has changed, which is asked after <see cref="RecordCacheOptions.Staleness"/>.
/// Safe for concurrent use.
/// </summary>
public sealed class RecordCache : IDisposable
{
    /// <summary>The grant of everything of the patient.</summary>
    public const string FullGrant = "full";

    private readonly RecordCacheOptions _options;
    private readonly RecordLoader _loader;
    private readonly TimeProvider _clock;
    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _evictions;
    private readonly Histogram<double> _loads;
    private readonly SemaphoreSlim _loading;
    private readonly Lock _lock = new();
    private readonly Dictionary<RecordCacheKey, LinkedListNode<RecordCacheEntry>> _entries = [];
    private readonly LinkedList<RecordCacheEntry> _byUse = new();
    private long _bytes;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="builder">Builds records.</param>
    /// <param name="options">Budget and staleness.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="meters">Makes the meter.</param>
    public RecordCache(IRecordBuilder builder, IOptions<RecordCacheOptions> options, TimeProvider clock, IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(meters);
        _options = options.Value;
        _loader = new RecordLoader(builder, _options.MemoryFactor);
        _loading = new SemaphoreSlim(_options.ConcurrentLoads);
        _clock = clock;
        _meter = meters.Create(SessionTelemetry.SourceName);
        _requests = _meter.CreateCounter<long>(SessionTelemetry.RecordRequests);
        _evictions = _meter.CreateCounter<long>(SessionTelemetry.RecordEvictions);
        _loads = _meter.CreateHistogram<double>(SessionTelemetry.RecordLoadDuration, "s");
        _meter.CreateObservableGauge(SessionTelemetry.RecordBytes, () => Bytes, "By");
        _meter.CreateObservableGauge(SessionTelemetry.Records, () => Count);
    }

    /// <summary>Estimated bytes of the records that are kept.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _bytes;
        }
    }

    /// <summary>Records that are kept.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Values.Count(node => node.Value.Record is not null);
        }
    }

    /// <summary>The patient's newest record, at most <see cref="RecordCacheOptions.Staleness"/> behind its source.</summary>
    /// <param name="source">Where it is read from.</param>
    /// <param name="patientId">Logical id of the patient.</param>
    /// <param name="grant">What the asker may see.</param>
    /// <param name="cancellationToken">Stops waiting; a load that others wait for goes on.</param>
    /// <returns>The record, or null when the source does not know the patient.</returns>
    public Task<CachedRecord?> GetAsync(NamedRecordSource source, string patientId, string grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var key = new RecordCacheKey(source.Name, patientId, grant);
        Task<CachedRecord?> pending;
        lock (_lock)
        {
            var entry = Touch(key);
            if (entry.Pending is null)
            {
                if (entry.Record is { } record && _clock.GetElapsedTime(entry.CheckedAt) < _options.Staleness)
                {
                    Tally("hit");
                    return Task.FromResult<CachedRecord?>(record);
                }

                entry.Pending = Task.Run(() => RefreshAsync(entry, source), CancellationToken.None);
            }

            pending = entry.Pending;
        }

        return pending.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _meter.Dispose();
        _loading.Dispose();
    }

    private async Task<CachedRecord?> RefreshAsync(RecordCacheEntry entry, NamedRecordSource source)
    {
        var checkedAt = _clock.GetTimestamp();
        CachedRecord? record = null;
        try
        {
            record = await LoadUnlessCurrentAsync(entry, source).ConfigureAwait(false);
            return record;
        }
        finally
        {
            lock (_lock)
                Settle(entry, record, checkedAt);
        }
    }

    private async Task<CachedRecord?> LoadUnlessCurrentAsync(RecordCacheEntry entry, NamedRecordSource source)
    {
        if (entry.Record is { } held)
        {
            var token = await source.Source.GetChangeTokenAsync(entry.Key.PatientId, CancellationToken.None).ConfigureAwait(false);
            if (token == held.ChangeToken)
            {
                Tally("hit");
                return held;
            }
        }

        Tally(entry.Record is null ? "miss" : "changed");
        await _loading.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            var started = _clock.GetTimestamp();
            var loaded = await _loader.LoadAsync(source, entry.Key.PatientId, CancellationToken.None).ConfigureAwait(false);
            _loads.Record(_clock.GetElapsedTime(started).TotalSeconds);
            return loaded;
        }
        finally
        {
            _loading.Release();
        }
    }

    // Null is a failure or an unknown patient: neither is kept, nor is what was held before, which is no longer known to be right. A record that alone is more than the
    // budget is not kept either: it would drive out all others and go itself.
    private void Settle(RecordCacheEntry entry, CachedRecord? record, long checkedAt)
    {
        var kept = record?.Bytes <= _options.MaxBytes ? record : null;
        _bytes += (kept?.Bytes ?? 0) - (entry.Record?.Bytes ?? 0);
        entry.Pending = null;
        entry.Record = kept;
        entry.CheckedAt = checkedAt;
        if (kept is null)
            Remove(_entries[entry.Key]);

        for (var node = _byUse.First; node is not null && _bytes > _options.MaxBytes;)
        {
            var next = node.Next;
            if (node.Value.Pending is null)
            {
                Remove(node);
                _evictions.Add(1);
            }

            node = next;
        }
    }

    private void Remove(LinkedListNode<RecordCacheEntry> node)
    {
        _bytes -= node.Value.Record?.Bytes ?? 0;
        _byUse.Remove(node);
        _entries.Remove(node.Value.Key);
    }

    private RecordCacheEntry Touch(RecordCacheKey key)
    {
        if (_entries.TryGetValue(key, out var node))
            _byUse.Remove(node);
        else
            _entries[key] = node = new LinkedListNode<RecordCacheEntry>(new RecordCacheEntry(key));

        _byUse.AddLast(node);
        return node.Value;
    }

    private void Tally(string outcome) => _requests.Add(1, new KeyValuePair<string, object?>(SessionTelemetry.Outcome, outcome));
}
