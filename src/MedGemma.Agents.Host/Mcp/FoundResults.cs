using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Host.Mcp;

/// <summary>What the calls of one MCP client found, so that a handle (<c>r2.1</c>) can be used in a later call. Safe for concurrent use.</summary>
internal sealed class FoundResults
{
    // As many as a handle can name.
    private const int MostResults = 99;

    private readonly Lock _lock = new();
    private readonly List<QueryResult> _results = [];

    /// <summary>Everything found so far.</summary>
    public IReadOnlyList<QueryResult> Snapshot()
    {
        lock (_lock)
            return [.. _results];
    }

    /// <summary>Adds results. When there would be more than handles can name, numbering begins anew and earlier handles point at nothing.</summary>
    /// <returns>Number of the first of them, from 1.</returns>
    public int Add(IReadOnlyList<QueryResult> results)
    {
        lock (_lock)
        {
            if (_results.Count + results.Count > MostResults)
                _results.Clear();

            _results.AddRange(results);
            return _results.Count - results.Count + 1;
        }
    }
}
