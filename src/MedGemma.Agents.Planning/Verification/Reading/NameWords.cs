using System.Text.RegularExpressions;
using MedGemma.Agents.Planning.Verification.Language;

namespace MedGemma.Agents.Planning.Verification.Reading;

/// <summary>The words and the numbers within names.</summary>
internal static partial class NameWords
{
    /// <summary>Words of a name, without plural and possessive endings.</summary>
    public static IEnumerable<string> Of(string name)
    {
        foreach (Match match in Word().Matches(name.Replace('’', '\'')))
        {
            yield return Stem(match.Value);
            if (match.ValueSpan.Contains('-'))
            {
                foreach (var part in match.Value.Split('-'))
                    yield return Stem(part);
            }
        }
    }

    /// <summary>A word in lower case without plural and possessive endings.</summary>
    public static string Stem(string word)
    {
        var stem = word.ToLowerInvariant();
        if (stem.EndsWith("'s", StringComparison.Ordinal))
            stem = stem[..^2];
        if (stem.Length > 4 && stem.EndsWith("ies", StringComparison.Ordinal))
            return stem[..^3] + "y";
        return stem.Length > 3 && stem[^1] == 's' && stem[^2] is not ('s' or 'u' or 'i') ? stem[..^1] : stem;
    }

    /// <summary>Numbers that stand in a name.</summary>
    public static IEnumerable<NameNumber> NumbersOf(string name)
    {
        for (var at = 0; at < name.Length; at++)
        {
            if (at > 0 && char.IsLetterOrDigit(name[at - 1]))
                continue;
            var length = NumberReader.ReadDigits(name, at, out var value, out _);
            if (length == 0)
                continue;
            var rest = name.AsSpan(at + length).TrimStart();
            var unit = Units.MatchLength(rest, []);
            yield return new NameNumber(value, unit > 0 ? Units.Canonical(rest[..unit].ToString()) : null, Of(name[..at]).LastOrDefault(), Of(rest[unit..].ToString()).FirstOrDefault());
            at += length;
        }
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
