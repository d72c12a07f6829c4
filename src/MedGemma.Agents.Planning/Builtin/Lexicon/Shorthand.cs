using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MedGemma.Agents.Planning.Builtin.Lexicon;

/// <summary>
/// Writes out what clinicians and patients abbreviate when they type ("hx", "d/c'd", "6mo", "&gt; 5", "#"), so that the grammar reads whole words.
/// Only what has one meaning in a question about a chart is written out; names of tests and drugs are left to the vocabulary. Safe for concurrent use.
/// </summary>
internal sealed partial class Shorthand
{
    private readonly FrozenDictionary<string, Entry> _entries;
    private readonly int _longest;

    private Shorthand(ShorthandFile file)
    {
        var entries = new Dictionary<string, Entry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in file.Entries)
            foreach (var written in entry.Written)
                if (!entries.TryAdd(written, entry) && entries[written] != entry)
                    throw new InvalidDataException($"shorthand.json: '{written}' stands there twice");

        _entries = entries.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _longest = _entries.Keys.Max(written => written.Length);
    }

    /// <summary>The abbreviations that ship with the planner.</summary>
    public static Shorthand Default { get; } = new(Read());

    /// <summary>The text with every abbreviation written out.</summary>
    public string Expand(string text)
    {
        text = OneSpace(text);
        text = NumberSign().Replace(text, "number of ");
        text = Comparator().Replace(text, match => match.Groups["sign"].Value switch
        {
            ">=" or "=>" or "≥" => " at least ",
            "<=" or "=<" or "≤" => " at most ",
            ">" => " above ",
            _ => " below ",
        });
        text = Duration().Replace(text, match => $"{match.Groups["count"].Value} {Unit(match.Groups["unit"].Value)}");
        return ExpandWords(text.Replace('’', '\''));
    }

    // Long runs of blanks would cost the patterns the square of their length.
    private static string OneSpace(string text)
    {
        var spaced = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (!char.IsWhiteSpace(letter))
                spaced.Append(letter);
            else if (spaced.Length > 0 && spaced[^1] != ' ')
                spaced.Append(' ');
        }

        return spaced.ToString();
    }

    private string ExpandWords(string text)
    {
        var expanded = new StringBuilder(text.Length + 16);
        for (var at = 0; at < text.Length;)
        {
            if (char.IsLetterOrDigit(text[at]) && (at == 0 || !IsPartOfWord(text[at - 1])) && Find(text, at) is { } found)
            {
                expanded.Append(found.Entry.Means);
                at += found.Length;
                continue;
            }

            expanded.Append(text[at++]);
        }

        return expanded.ToString();
    }

    private (Entry Entry, int Length)? Find(string text, int at)
    {
        var lookup = _entries.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(_longest, text.Length - at); length > 0; length--)
        {
            var written = text.AsSpan(at, length);
            var after = at + length;
            if ((after < text.Length && IsPartOfWord(text[after]) && IsPartOfWord(text[after - 1])) || !lookup.TryGetValue(written, out var entry))
                continue;

            if (!entry.AsWritten || entry.Written.Contains(text.Substring(at, length), StringComparer.Ordinal))
                return (entry, length);
        }

        return null;
    }

    private static bool IsPartOfWord(char letter) => char.IsLetterOrDigit(letter) || letter is '\'';

    private static string Unit(string unit) => char.ToLowerInvariant(unit[0]) switch
    {
        'y' => "years",
        'w' => "weeks",
        'd' => "days",
        'h' => "hours",
        _ => "months",
    };

    private static ShorthandFile Read()
    {
        using var stream = typeof(Shorthand).Assembly.GetManifestResourceStream("Lexicon/shorthand.json")
            ?? throw new InvalidDataException("The resource Lexicon/shorthand.json is not in the assembly");
        return JsonSerializer.Deserialize<ShorthandFile>(stream, JsonSerializerOptions.Web) ?? throw new InvalidDataException("shorthand.json is empty");
    }

    // "Pigtail #1" is a name; "# of potassiums" is a count.
    [GeneratedRegex(@"#\s*(?:of\s+)?(?=[A-Za-z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex NumberSign();

    [GeneratedRegex(@"\s*(?<sign>>=|=>|≥|<=|=<|≤|>|<)\s*(?=[0-9])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Comparator();

    // "6mo", "24h", "2 wks"; not the "5 d" of a date or the "5W" of dextrose.
    [GeneratedRegex(@"(?<![\w.,/-])(?<count>[0-9]{1,3})(?:(?<unit>mos?|mths?|yrs?|y|wks?|d|h|hrs?)|\s(?<unit>mos?|mths?|yrs?|wks?|hrs?|h))(?!\w)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Duration();

    private sealed record ShorthandFile(string Source, IReadOnlyList<Entry> Entries);

    /// <param name="Written">How it is written.</param>
    /// <param name="Means">Written out; empty for words that say nothing.</param>
    /// <param name="AsWritten">True when capitals matter: "pt" is the patient, "PT" is the prothrombin time.</param>
    private sealed record Entry(IReadOnlyList<string> Written, string Means, bool AsWritten = false);
}
