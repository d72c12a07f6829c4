using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>
/// Findings by the start of their time over a tree of latest ends, so that those sharing a moment with a window
/// are found in a time that grows with their number and the logarithm of all. Immutable.
/// </summary>
internal sealed class Timeline
{
    private readonly Finding[] _dated;
    private readonly long[] _starts;
    private readonly long[] _latestEnds;
    private readonly int _leaves;

    public Timeline(IEnumerable<Finding> findings)
    {
        var all = findings.ToLookup(finding => finding.Span is not null);
        _dated = [.. all[true].OrderBy(finding => StartOf(finding))];
        Undated = [.. all[false]];
        HasPlans = Array.Exists(_dated, finding => SelectionBounds.IsPlan(finding.Resource));
        _starts = Array.ConvertAll(_dated, StartOf);
        _leaves = 1;
        while (_leaves < _dated.Length)
            _leaves *= 2;

        _latestEnds = new long[2 * _leaves];
        for (var index = 0; index < _dated.Length; index++)
            _latestEnds[_leaves + index] = EndOf(_dated[index]);
        for (var node = _leaves - 1; node > 0; node--)
            _latestEnds[node] = Math.Max(_latestEnds[2 * node], _latestEnds[2 * node + 1]);
    }

    /// <summary>Findings without a recorded time.</summary>
    public IReadOnlyList<Finding> Undated { get; }

    /// <summary>Whether any may lie in the future.</summary>
    public bool HasPlans { get; }

    /// <summary>Number of findings.</summary>
    public int Count => _dated.Length + Undated.Count;

    /// <summary>Adds the findings that share a moment with <c>[from, until)</c>, given in UTC ticks, in the order of their start.</summary>
    public void Collect(long from, long until, List<Finding> into)
    {
        var upper = Array.BinarySearch(_starts, until);
        if (upper < 0)
            upper = ~upper;
        while (upper > 0 && _starts[upper - 1] >= until)
            upper--;

        Collect(1, 0, _leaves, from, upper, into);
    }

    private void Collect(int node, int first, int width, long from, int upper, List<Finding> into)
    {
        if (first >= upper || _latestEnds[node] <= from)
            return;
        if (width == 1)
        {
            into.Add(_dated[first]);
            return;
        }

        var half = width / 2;
        Collect(2 * node, first, half, from, upper, into);
        Collect(2 * node + 1, first + half, half, from, upper, into);
    }

    private static long StartOf(Finding finding) => finding.Span?.Start?.UtcTicks ?? long.MinValue;

    private static long EndOf(Finding finding) => finding.Span?.End is { } end ? Math.Max(end.UtcTicks, StartOf(finding) + 1) : long.MaxValue;
}
