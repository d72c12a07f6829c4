using System.Numerics;

namespace MedGemma.Agents.Inference.Engine;

/// <summary>One kind of work that one thread does, piece after piece. Safe for concurrent calls.</summary>
/// <param name="timeProvider">The clock.</param>
internal sealed class WatchedWork(TimeProvider timeProvider)
{
    private const int Patience = 8;

    private static readonly TimeSpan s_least = TimeSpan.FromMinutes(3);

    // Nothing is known yet: a large model on a processor may have to be read from the disk by its first step.
    private static readonly TimeSpan s_first = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();

    // The longest piece of 1, 2 to 3, 4 to 7, ... units; zero for none.
    private readonly TimeSpan[] _longest = new TimeSpan[32];
    private long? _began;
    private int _units;

    /// <summary>Whether the piece under way takes longer than such a piece may.</summary>
    public bool IsOverdue
    {
        get
        {
            lock (_gate)
                return _began is { } began && timeProvider.GetElapsedTime(began) > Limit(_units);
        }
    }

    /// <summary>A piece of so many units begins.</summary>
    public void Begin(int units)
    {
        lock (_gate)
            (_began, _units) = (timeProvider.GetTimestamp(), units);
    }

    /// <summary>It has ended, well or not.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_began is not { } began)
                return;

            ref var longest = ref _longest[Size(_units)];
            var took = timeProvider.GetElapsedTime(began);
            longest = took > longest ? took : longest;
            _began = null;
        }
    }

    private static int Size(int units) => BitOperations.Log2((uint)Math.Max(units, 1));

    // Of pieces of this size, or in proportion to the next smaller ones seen; larger ones took at least as long.
    private TimeSpan Limit(int units)
    {
        var size = Size(units);
        var seen = Array.FindLastIndex(_longest, size, longest => longest > TimeSpan.Zero);
        if (seen < 0)
            seen = Array.FindIndex(_longest, size, longest => longest > TimeSpan.Zero);
        if (seen < 0)
            return s_first;

        var limit = _longest[seen] * Patience * Math.Max(1, 1L << Math.Max(0, size - seen));
        return limit > s_least ? limit : s_least;
    }
}
