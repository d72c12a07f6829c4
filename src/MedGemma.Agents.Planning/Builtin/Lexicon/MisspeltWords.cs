using System.Collections.Frozen;
using System.Text;
using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Lexicon;

/// <summary>
/// Puts right the misspelt words of the planner's own ("alergies", "perscribed"), never those that may name something: a word is only touched when
/// neither the record nor the vocabulary knows it, it is no other English word, and exactly one word of the planner with the same first letter is one slip
/// away (people seldom miss the first letter, and "season" is no "reason"). Safe for concurrent use.
/// </summary>
/// <param name="lexicon">The planner's words.</param>
internal sealed class MisspeltWords(PlannerLexicon lexicon)
{
    // Shorter words have too many neighbours.
    private const int ShortestWord = 6;

    private static readonly string[] s_ofGrammar =
        ["highest", "lowest", "average", "maximum", "minimum", "latest", "earliest", "median", "initial", "abnormal", "between", "currently", "difference", "changed"];

    private readonly FrozenDictionary<int, string[]> _byLength = lexicon.Words.Concat(s_ofGrammar).Where(word => word.Length >= ShortestWord - 1)
        .Distinct(StringComparer.Ordinal).GroupBy(word => word.Length).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>The text with its slips put right, and what was read for what.</summary>
    /// <param name="text">The question.</param>
    /// <param name="isName">Whether the record or the vocabulary knows a word.</param>
    public (string Text, IReadOnlyList<string> Readings) Correct(string text, Func<string, bool> isName)
    {
        var corrected = new StringBuilder();
        var readings = new List<string>();
        var at = 0;
        foreach (var token in QuestionText.Tokenize(text))
        {
            corrected.Append(text, at, token.Start - at);
            at = token.End;
            var written = text[token.Start..token.End];
            if (Meant(token.Word) is { } meant && !isName(written))
            {
                corrected.Append(meant);
                readings.Add($"\"{written}\" is read as \"{meant}\".");
            }
            else
            {
                corrected.Append(written);
            }
        }

        return (corrected.Append(text, at, text.Length - at).ToString(), readings);
    }

    private string? Meant(string word)
    {
        if (word.Length < ShortestWord || !word.All(char.IsAsciiLetter) || lexicon.IsGlue(word) || lexicon.FindTopic(word) is not null || lexicon.IsRealWord(word) || s_ofGrammar.Contains(word, StringComparer.Ordinal))
            return null;

        string? meant = null;
        for (var length = word.Length - 1; length <= word.Length + 1; length++)
        {
            foreach (var known in _byLength.GetValueOrDefault(length, []))
            {
                if (known[0] != word[0] || !IsOneSlip(word, known))
                    continue;
                if (meant is not null)
                    return null;
                meant = known;
            }
        }

        return meant;
    }

    /// <summary>One letter more, less, other, or two neighbours exchanged.</summary>
    private static bool IsOneSlip(string written, string known)
    {
        var same = 0;
        while (same < written.Length && same < known.Length && written[same] == known[same])
            same++;

        var rest = written.AsSpan(same);
        var wanted = known.AsSpan(same);
        return written.Length == known.Length
            ? rest.Length > 0 && (rest[1..].SequenceEqual(wanted[1..])
                || (rest.Length > 1 && rest[0] == wanted[1] && rest[1] == wanted[0] && rest[2..].SequenceEqual(wanted[2..])))
            : written.Length > known.Length ? rest[1..].SequenceEqual(wanted) : rest.SequenceEqual(wanted[1..]);
    }
}
