namespace MedGemma.Agents.Host.Mcp;

/// <summary>
/// What each session's requests found, for as long as it is used: forgotten after a time without requests, or as the least recently used when there are too many. A session that
/// comes back counts on from a number of its own, so that no handle of before means something else now. Safe for concurrent use.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="beginning">Gives the number that a session's results begin with: one that an earlier beginning of the same session, here or on another machine, hardly had.</param>
internal sealed class FoundBySession(TimeProvider clock, Func<int> beginning)
{
    /// <summary>Sessions that are remembered.</summary>
    public const int MostSessions = 500;

    /// <summary>How long one is remembered without a request.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _sessions = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();

    /// <summary>What a session found.</summary>
    /// <param name="session">Its key.</param>
    public FoundResults Of(string session)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            while (_byUse.First is { } oldest && clock.GetElapsedTime(oldest.Value.UsedAt, now) >= Remembered)
                Forget(oldest);

            if (_sessions.TryGetValue(session, out var node))
            {
                _byUse.Remove(node);
            }
            else
            {
                if (_sessions.Count >= MostSessions)
                    Forget(_byUse.First!);
                _sessions[session] = node = new LinkedListNode<Entry>(new Entry(session, new FoundResults(beginning())));
            }

            node.Value.UsedAt = now;
            _byUse.AddLast(node);
            return node.Value.Found;
        }
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _sessions.Remove(node.Value.Session);
    }

    private sealed class Entry(string session, FoundResults found)
    {
        public string Session { get; } = session;

        public FoundResults Found { get; } = found;

        public long UsedAt { get; set; }
    }
}
