using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Host.Mcp;

/// <summary>
/// What the calls of one MCP client found, so that a handle (<c>r2.1</c>) can be used in a later call. A number is given once: when there is more than is kept, the oldest are
/// forgotten, and their handles point at nothing for ever. Safe for concurrent use.
/// </summary>
/// <param name="first">Number of the first result, from 1.</param>
internal sealed class FoundResults(int first)
{
    /// <summary>Results that are kept.</summary>
    public const int MostKept = 99;

    private readonly Lock _lock = new();
    private readonly List<QueryResult> _results = [];
    private int _first = first;

    /// <summary>Everything that is kept, and the number of the first of it.</summary>
    public (IReadOnlyList<QueryResult> Results, int First) Snapshot()
    {
        lock (_lock)
            return ([.. _results], _first);
    }

    /// <summary>Adds results.</summary>
    /// <returns>Number of the first of them.</returns>
    public int Add(IReadOnlyList<QueryResult> results)
    {
        lock (_lock)
        {
            var number = _first + _results.Count;
            _results.AddRange(results);
            if (_results.Count > MostKept)
            {
                _first += _results.Count - MostKept;
                _results.RemoveRange(0, _results.Count - MostKept);
            }

            return number;
        }
    }
}
