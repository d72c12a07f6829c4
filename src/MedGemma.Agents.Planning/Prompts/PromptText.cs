using System.Globalization;
using System.Text;

namespace MedGemma.Agents.Planning.Prompts;

/// <summary>
/// Puts text of a record into a prompt as data: on one line, bounded, without anything that a tokenizer could take for a control token
/// (<c>&lt;start_of_turn&gt;</c>), whichever server reads the prompt.
/// </summary>
public static class PromptText
{
    /// <summary>Longest name of a thing of the record.</summary>
    public const int LongestName = 80;

    private const char Cut = '…';

    /// <summary>A name or code of the record.</summary>
    /// <param name="text">As recorded, or null.</param>
    /// <param name="longest">Most characters.</param>
    public static string Name(string? text, int longest = LongestName) => Clean(text, longest, '\'');

    /// <summary>Text in which quotation marks may stay: a question.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">Most characters.</param>
    public static string Quote(string? text, int longest) => Clean(text, longest, '"');

    private static string Clean(string? text, int longest, char quotationMark)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var clean = new StringBuilder(Math.Min(text.Length, longest + 1));
        var length = 0;
        var isSpace = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (length >= longest)
                return clean.ToString().TrimEnd() + Cut;

            if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate)
            {
                if (!isSpace)
                    clean.Append(' ');
                length += isSpace ? 0 : 1;
                isSpace = true;
                continue;
            }

            isSpace = false;
            length++;
            clean.Append(rune.Value switch
            {
                '"' => quotationMark.ToString(),
                // An angle bracket is what control tokens begin with; a comparator before a digit is not mistaken for one.
                '<' => "‹",
                '>' => "›",
                _ => rune.ToString(),
            });
        }

        return clean.ToString().TrimEnd();
    }
}
