namespace MedGemma.Agents.Records.Time;

/// <summary>A half-open stretch of time, <c>[Start, End)</c>; null bounds are open. An instant is one tick long.</summary>
/// <param name="Start">First moment inside, or null when there is no lower bound.</param>
/// <param name="End">First moment after, or null when there is no upper bound.</param>
public readonly record struct TimeInterval(DateTimeOffset? Start, DateTimeOffset? End)
{
    /// <summary>All time.</summary>
    public static TimeInterval Always { get; }

    /// <summary>Whether a moment lies inside.</summary>
    /// <param name="moment">The moment.</param>
    public bool Contains(DateTimeOffset moment) => !(moment < Start) && !(moment >= End);

    /// <summary>Whether the two share at least one moment.</summary>
    /// <param name="other">The other interval.</param>
    public bool Overlaps(TimeInterval other) =>
        !(Start is { } start && other.End is { } otherEnd && start >= otherEnd)
        && !(other.Start is { } otherStart && End is { } end && otherStart >= end);

    /// <summary>The part that both share, or null when they share nothing.</summary>
    /// <param name="other">The other interval.</param>
    public TimeInterval? Intersect(TimeInterval other)
    {
        if (!Overlaps(other))
            return null;

        var start = Start is null || other.Start > Start ? other.Start ?? Start : Start;
        var end = End is null || other.End < End ? other.End ?? End : End;
        return new TimeInterval(start, end);
    }
}
