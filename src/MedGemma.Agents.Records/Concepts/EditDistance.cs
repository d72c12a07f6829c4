namespace MedGemma.Agents.Records.Concepts;

/// <summary>Damerau-Levenshtein distance (optimal string alignment: insertion, deletion, substitution, transposition of neighbours).</summary>
public static class EditDistance
{
    private const int LongestWord = 64;

    /// <summary>Words shorter than this are never compared.</summary>
    public const int ShortestWord = 5;

    /// <summary>How many edits may separate a word of a length from what was meant: one, from nine letters two.</summary>
    public static int Allowed(int length) => length >= 9 ? 2 : length >= ShortestWord ? 1 : 0;

    /// <summary>Tells whether two words differ by at most <paramref name="most"/> edits, by their characters as they are; words of more than 64 never do.</summary>
    public static bool IsWithin(string first, string second, int most)
    {
        if (Math.Abs(first.Length - second.Length) > most || first.Length > LongestWord || second.Length > LongestWord)
            return false;

        Span<int> before = stackalloc int[LongestWord + 1];
        Span<int> previous = stackalloc int[LongestWord + 1];
        Span<int> current = stackalloc int[LongestWord + 1];
        for (var column = 0; column <= second.Length; column++)
            previous[column] = column;

        for (var row = 1; row <= first.Length; row++)
        {
            current[0] = row;
            var least = row;
            for (var column = 1; column <= second.Length; column++)
            {
                var cost = first[row - 1] == second[column - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(previous[column] + 1, current[column - 1] + 1), previous[column - 1] + cost);
                if (row > 1 && column > 1 && first[row - 1] == second[column - 2] && first[row - 2] == second[column - 1])
                    best = Math.Min(best, before[column - 2] + 1);

                current[column] = best;
                least = Math.Min(least, best);
            }

            if (least > most)
                return false;

            var spare = before;
            before = previous;
            previous = current;
            current = spare;
        }

        return previous[second.Length] <= most;
    }
}
