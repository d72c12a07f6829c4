namespace MedGemma.Agents.Sessions.Telemetry;

/// <summary>Names of the spans, metrics and tags of sessions. Their values are counts, durations and words of closed sets, never of a patient or user.</summary>
public static class SessionTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string SourceName = "MedGemma.Agents.Sessions";

    /// <summary>Span of one turn.</summary>
    public const string TurnSpan = "medgemma.turn";

    /// <summary>Counter: turns by status.</summary>
    public const string Turns = "medgemma.turns";

    /// <summary>Histogram, seconds: from question to stored answer.</summary>
    public const string TurnDuration = "medgemma.turn.duration";

    /// <summary>Counter: record requests by <see cref="Outcome"/>.</summary>
    public const string RecordRequests = "medgemma.record_cache.requests";

    /// <summary>Counter: records that left the cache to keep its budget.</summary>
    public const string RecordEvictions = "medgemma.record_cache.evictions";

    /// <summary>Gauge, bytes: estimated size of the cached records.</summary>
    public const string RecordBytes = "medgemma.record_cache.bytes";

    /// <summary>Gauge: cached records.</summary>
    public const string Records = "medgemma.record_cache.records";

    /// <summary>Histogram, seconds: reading and building one record.</summary>
    public const string RecordLoadDuration = "medgemma.record_cache.load.duration";

    /// <summary>Tag: <c>answered</c>, <c>none_recorded</c>, <c>unsure</c> or <c>failed</c>.</summary>
    public const string Status = "medgemma.status";

    /// <summary>Tag: <c>hit</c>, <c>miss</c> or <c>changed</c>.</summary>
    public const string Outcome = "medgemma.outcome";

    /// <summary>Tag: number of queries.</summary>
    public const string Queries = "medgemma.queries";
}
