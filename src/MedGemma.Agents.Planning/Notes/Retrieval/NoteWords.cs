using System.Collections.Frozen;
using System.Text;

namespace MedGemma.Agents.Planning.Notes.Retrieval;

/// <summary>The words by which passages are found: lower case, accents and plural endings off, the words that every sentence has left out.</summary>
internal static class NoteWords
{
    private static readonly FrozenSet<string> s_common = new[]
    {
        "a", "an", "the", "of", "and", "or", "to", "in", "on", "at", "is", "are", "was", "were", "be", "been", "for", "with", "by", "as", "that", "this", "it", "has", "have", "had",
        "what", "which", "who", "when", "does", "do", "did", "any", "there", "from", "about", "say", "says", "said", "note", "patient", "her", "his", "their", "she", "he", "they",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words of a text, in order, repeated as often as they stand there.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormKD).Append(' '))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
                continue;
            }

            if (System.Globalization.CharUnicodeInfo.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark || word.Length == 0)
                continue;

            var said = Singular(word.ToString());
            word.Clear();
            if (!s_common.Contains(said))
                yield return said;
        }
    }

    private static string Singular(string word) =>
        word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y"
        : word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1]
        : word;
}
