namespace MedGemma.Agents.Inference.Grammars.Gbnf;

/// <summary>A set of Unicode code points as sorted ranges that do not touch.</summary>
internal sealed class CodePointSet
{
    private CodePointSet(IReadOnlyList<(int First, int Last)> ranges) => Ranges = ranges;

    /// <summary>Every code point that can be written: no surrogates.</summary>
    public static CodePointSet All { get; } = new([(0, 0xD7FF), (0xE000, 0x10FFFF)]);

    public static CodePointSet None { get; } = new([]);

    public IReadOnlyList<(int First, int Last)> Ranges { get; }

    public bool IsEmpty => Ranges.Count == 0;

    public static CodePointSet Range(int first, int last) => Union([new CodePointSet([(first, last)])]);

    public static CodePointSet Of(params IEnumerable<int> points) => Union(points.Select(point => new CodePointSet([(point, point)])));

    public static CodePointSet Union(params IEnumerable<CodePointSet> sets)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var (first, last) in sets.SelectMany(set => set.Ranges).OrderBy(range => range.First))
        {
            if (merged is [.., var before] && first <= before.Last + 1)
                merged[^1] = (before.First, Math.Max(before.Last, last));
            else
                merged.Add((first, last));
        }

        return new CodePointSet(merged);
    }

    public CodePointSet Except(CodePointSet other)
    {
        var left = new List<(int First, int Last)>();
        foreach (var (first, last) in Ranges)
        {
            var next = first;
            foreach (var (taken, until) in other.Ranges.Where(range => range.Last >= first && range.First <= last))
            {
                if (taken > next)
                    left.Add((next, taken - 1));

                next = Math.Max(next, until + 1);
            }

            if (next <= last)
                left.Add((next, last));
        }

        return new CodePointSet(left);
    }

    public CodePointSet Intersect(CodePointSet other) => Except(Except(other));

    public bool Contains(int point) => Ranges.Any(range => range.First <= point && point <= range.Last);
}
