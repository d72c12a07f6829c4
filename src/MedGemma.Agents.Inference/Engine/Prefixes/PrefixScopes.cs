namespace MedGemma.Agents.Inference.Engine.Prefixes;

/// <summary>
/// Numbers for those who may share a prefix: an adapter and a scope, or an adapter and everybody who pins its prompts. A number is never given twice to different ones, so that no
/// chance lets one patient's request meet another's state. Safe for concurrent calls.
/// </summary>
internal sealed class PrefixScopes
{
    private const int MostKept = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Adapter, string? Scope, string? PinnedFor), uint> _numbers = [];
    private uint _last;

    /// <summary>The number of everybody who uses the adapter, or of one caller's share of them.</summary>
    public uint Pinned(string? adapter, string? pinnedFor) => Of(adapter, null, pinnedFor);

    /// <summary>The number of a scope; one of its own for each call when the scope is null.</summary>
    public uint Scope(string? adapter, string? scope)
    {
        if (scope is not null)
            return Of(adapter, scope, null);

        lock (_gate)
            return Next();
    }

    private uint Of(string? adapter, string? scope, string? pinnedFor)
    {
        var key = (adapter ?? "", scope, pinnedFor);
        lock (_gate)
        {
            if (_numbers.TryGetValue(key, out var number))
                return number;

            // What was kept for a forgotten scope is never found again and leaves the cache as the least recently used.
            if (_numbers.Count >= MostKept)
                _numbers.Clear();

            return _numbers[key] = Next();
        }
    }

    private uint Next() => checked(++_last);
}
