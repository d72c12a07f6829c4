using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MedGemma.Agents.Planning.Verification.Language;

/// <summary>Reads numbers in digits, with thousands separators, and in words.</summary>
internal static partial class NumberReader
{
    private static readonly FrozenDictionary<string, decimal> Words = WordTable.LoadKeyed("numbers")
        .ToFrozenDictionary(pair => pair.Key, pair => decimal.Parse(pair.Value[0], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>Reads a number in digits at a position.</summary>
    /// <returns>Its length, or 0 when there is none.</returns>
    public static int ReadDigits(string text, int start, out decimal value, out int decimals)
    {
        value = 0;
        decimals = 0;
        var match = Digits().Match(text, start);
        if (!match.Success || match.Index != start)
            return 0;

        var digits = match.Value.Replace(",", string.Empty, StringComparison.Ordinal).Replace('−', '-');
        if (!decimal.TryParse(digits, NumberStyles.Number, CultureInfo.InvariantCulture, out value))
            return 0;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        decimals = point < 0 ? 0 : digits.Length - point - 1;
        return match.Length;
    }

    /// <summary>Reads a number in words, for example <c>one hundred and five</c>.</summary>
    /// <param name="words">Words in lower case, from the first on.</param>
    /// <param name="value">The number.</param>
    /// <returns>How many words it takes, or 0 when the first is no number.</returns>
    public static int ReadWords(ReadOnlySpan<string> words, out decimal value)
    {
        value = 0;
        decimal group = 0;
        var taken = 0;
        for (var index = 0; index < words.Length; index++)
        {
            if (words[index] == "and" && taken == index && taken > 0 && index + 1 < words.Length
                && Words.ContainsKey(words[index + 1]) && (group >= 100 || value > 0))
            {
                taken++;
                continue;
            }

            if (taken != index || !TryReadPart(words[index], out var part))
                break;
            if (part == 1000)
                (value, group) = ((value + Math.Max(group, 1)) * 1000, 0);
            else if (part == 100)
                group = Math.Max(group, 1) * 100;
            else if (group > 0 && !(group % 100 == 0 || (group % 10 == 0 && group % 100 >= 20 && part < 10)))
                break;
            else
                group += part;
            taken++;
        }

        value += group;
        return taken;
    }

    private static bool TryReadPart(string word, out decimal value)
    {
        var hyphen = word.IndexOf('-', StringComparison.Ordinal);
        if (hyphen < 0)
            return Words.TryGetValue(word, out value);

        value = 0;
        if (!Words.TryGetValue(word[..hyphen], out var tens) || !Words.TryGetValue(word[(hyphen + 1)..], out var ones))
            return false;
        value = tens + ones;
        return tens is >= 20 and < 100 && ones is > 0 and < 10;
    }

    [GeneratedRegex(@"\G(?:(?<![\w\)])[-−+])?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
