using System.Collections.Frozen;

namespace MedGemma.Agents.Planning.Verification.Language;

/// <summary>Spellings of units. Two spellings of one unit are equal, two units never are, whatever their dimension.</summary>
internal static class Units
{
    private const int LongestSpelling = 24;

    private static readonly FrozenDictionary<string, string[]> Table = WordTable.LoadKeyed("units");

    /// <summary>One name for all spellings of a unit; unknown units stand for themselves.</summary>
    public static string Canonical(string unit)
    {
        var spelling = unit.Trim().ToLowerInvariant();
        return Table.TryGetValue(spelling, out var canonical) ? canonical[0] : spelling;
    }

    /// <summary>Length of the longest unit that a text begins with, 0 when it begins with none.</summary>
    /// <param name="text">Text behind a number, without the space between.</param>
    /// <param name="alsoKnown">Units of the result, verbatim, that may be in no table.</param>
    public static int MatchLength(ReadOnlySpan<char> text, IReadOnlyCollection<string> alsoKnown)
    {
        for (var length = Math.Min(LongestSpelling, text.Length); length > 0; length--)
        {
            if (length < text.Length && ContinuesUnit(text[length - 1], text[length]))
                continue;

            var candidate = text[..length].ToString();
            if (char.IsWhiteSpace(candidate[^1]))
                continue;

            if (Table.ContainsKey(candidate.ToLowerInvariant()) || alsoKnown.Contains(candidate, StringComparer.OrdinalIgnoreCase))
                return length;
        }

        return 0;
    }

    private static bool ContinuesUnit(char last, char next) =>
        char.IsLetterOrDigit(next) ? char.IsLetterOrDigit(last) || last is '/' or '*' : next is '/' or '*' or '^' or '[' or '{';
}
