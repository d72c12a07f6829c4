using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Reads the words of a comparison: before a bound ("no lower than", "at or above") and after it ("or higher", "and under").</summary>
internal static class Comparisons
{
    /// <summary>The comparison that begins at a token and how many tokens it has, or null.</summary>
    /// <param name="word">The tokens of the question by index; empty beyond its ends.</param>
    /// <param name="at">Index of the first token.</param>
    public static (ValueComparison Comparison, int Words)? ReadBefore(Func<int, string> word, int at)
    {
        // "No lower than", "not above", "not less than".
        if (word(at) is "no" or "not" && ReadOneSided(word, at + 1) is { } denied)
            return (Opposite(denied.Comparison), denied.Words + 1);

        // "At or above", "equal to or greater than".
        var equal = word(at) is "at" && word(at + 1) is "or" ? 2 : word(at) is "equal" ? word(at + 1) is "to" && word(at + 2) is "or" ? 3 : word(at + 1) is "or" ? 2 : 0 : 0;
        if (equal > 0 && ReadOneSided(word, at + equal) is { } including)
            return (Including(including.Comparison), equal + including.Words);

        if (ReadOneSided(word, at) is { } plain)
        {
            // "Greater than or equal to", "above or at".
            var after = at + plain.Words;
            var closing = word(after) is "or" ? word(after + 1) is "equal" or "equals" ? word(after + 2) is "to" ? 3 : 2 : word(after + 1) is "at" ? 2 : 0 : 0;
            return closing > 0 ? (Including(plain.Comparison), plain.Words + closing) : plain;
        }

        return word(at) switch
        {
            "at" when word(at + 1) is "least" => (ValueComparison.AtLeast, 2),
            "at" when word(at + 1) is "most" => (ValueComparison.AtMost, 2),
            "reach" or "reached" or "reaches" or "reaching" or "hit" or "hits" or "hitting" or "touched" => (ValueComparison.AtLeast, 1),
            "equal" when word(at + 1) is "to" => (ValueComparison.Equal, 2),
            "exactly" => (ValueComparison.Equal, 1),
            _ => null,
        };
    }

    /// <summary>"6.0 or higher", "180 and above": the comparison behind a bound and how many tokens it has, or null.</summary>
    public static (ValueComparison Comparison, int Words)? ReadAfter(Func<int, string> word, int at)
    {
        if (word(at) is not ("or" or "and"))
            return null;

        ValueComparison? comparison = word(at + 1) switch
        {
            "higher" or "more" or "above" or "over" or "greater" or "up" or "upwards" or "upward" or "beyond" or "larger" => ValueComparison.AtLeast,
            "lower" or "less" or "below" or "under" or "smaller" or "fewer" or "down" or "downwards" or "beneath" => ValueComparison.AtMost,
            _ => null,
        };
        return comparison is { } found && !(word(at + 2).Length > 0 && char.IsAsciiDigit(word(at + 2)[0])) ? (found, 2) : null;
    }

    private static (ValueComparison Comparison, int Words)? ReadOneSided(Func<int, string> word, int at) => word(at) switch
    {
        "greater" or "higher" or "more" or "larger" or "bigger" when word(at + 1) is "than" => (ValueComparison.Above, 2),
        "less" or "lower" or "smaller" or "fewer" when word(at + 1) is "than" => (ValueComparison.Below, 2),
        "in" when word(at + 1) is "excess" && word(at + 2) is "of" => (ValueComparison.Above, 3),
        "north" when word(at + 1) is "of" => (ValueComparison.Above, 2),
        "south" when word(at + 1) is "of" => (ValueComparison.Below, 2),
        "upwards" when word(at + 1) is "of" => (ValueComparison.AtLeast, 2),
        "above" or "over" or "exceed" or "exceeded" or "exceeding" or "exceeds" or "surpassed" or "surpassing" or "surpass" => (ValueComparison.Above, 1),
        "below" or "under" or "beneath" => (ValueComparison.Below, 1),
        _ => null,
    };

    private static ValueComparison Including(ValueComparison comparison) => comparison is ValueComparison.Above or ValueComparison.AtLeast ? ValueComparison.AtLeast : ValueComparison.AtMost;

    private static ValueComparison Opposite(ValueComparison comparison) => comparison is ValueComparison.Above or ValueComparison.AtLeast ? ValueComparison.AtMost : ValueComparison.AtLeast;
}
