using System.Globalization;
using System.Text;

namespace MedGemma.Agents.Planning.Writing;

/// <summary>
/// Text that others wrote (displays, titles, notes) on its way to a model, a terminal or a page: bounded, and without anything that one of them would
/// obey. A control token such as <c>&lt;start_of_turn&gt;</c> stays readable and is no token any more, also for a server that looks for tokens in text; nor is a link or an image of Markdown
/// one any more, which a program that shows answers might load.
/// </summary>
public static class DisplayText
{
    /// <summary>Characters that a display may have in a prompt.</summary>
    public const int MostCharacters = 120;

    private const int LongestLinkText = 1000;

    /// <summary>A display on one line, at most <paramref name="most"/> characters long; what was cut is shown by an ellipsis.</summary>
    /// <param name="text">The text as recorded; null gives an empty text.</param>
    /// <param name="most">Most characters, at least 1.</param>
    public static string Bound(string? text, int most = MostCharacters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (string.IsNullOrEmpty(text))
            return "";

        // Far more than is shown is never looked at: a display may be as long as its author likes.
        var cut = text.Length > most * 8 ? text[..(most * 8)] : text;
        var line = string.Join(' ', Neutralize(cut).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= most && cut.Length == text.Length)
            return line;

        var length = Math.Min(line.Length, most - 1);
        if (length > 0 && char.IsHighSurrogate(line[length - 1]))
            length--;
        return line[..length] + "…";
    }

    /// <summary>As <see cref="Bound"/>, to stand between “ and ”: nothing in it can be taken for the end of the quote, as ” or ❞ would be.</summary>
    /// <param name="text">The text as recorded.</param>
    /// <param name="most">Most characters, at least 1.</param>
    public static string Quotable(string text, int most) => string.Concat(Bound(text, most).Select(letter => IsQuotationMark(letter) ? '"' : letter));

    /// <summary>
    /// The same text, character for character in the same places: controls, invisible and direction-changing characters become spaces (line feeds stay), and
    /// what opens a control token or a tag becomes a bracket that opens none. Offsets into the result are offsets into the original.
    /// </summary>
    /// <param name="text">The text as recorded.</param>
    public static string Neutralize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Create(text.Length, text, static (shown, from) =>
        {
            for (var i = 0; i < from.Length;)
            {
                if (!Rune.TryGetRuneAt(from, i, out var rune))
                {
                    shown[i++] = '\uFFFD';
                    continue;
                }

                if (IsHidden(rune))
                    shown.Slice(i, rune.Utf16SequenceLength).Fill(' ');
                else if (rune.Utf16SequenceLength == 1)
                    shown[i] = Shown(from, i);
                else
                    rune.EncodeToUtf16(shown[i..]);
                i += rune.Utf16SequenceLength;
            }
        });
    }

    // Unicode's Quotation_Mark (https://www.unicode.org/Public/UCD/latest/ucd/PropList.txt) and the ornaments that look like one; an apostrophe ends no quote here.
    private static bool IsQuotationMark(char letter) => letter is '“' or '”' or '„' or '‟' or '«' or '»' or '❝' or '❞' or '❠' or '⹂' or '〝' or '〞' or '〟' or '＂' or '″' or '‶' or '˝' or 'ˮ' or '״';

    private static bool IsHidden(Rune rune) => rune.Value != '\n' && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static char Shown(string text, int at) => text[at] switch
    {
        '<' or '＜' or '﹤' when OpensTag(text, at + 1) => '‹',
        '[' when OpensInstruction(text.AsSpan(at)) || OpensLink(text.AsSpan(at)) => '(',
        '`' => '\'',
        _ => text[at],
    };

    // "<5" and "< 3.5" are comparisons; a letter, a bar or a slash begins a token or a tag.
    private static bool OpensTag(string text, int next) =>
        next < text.Length && (char.IsLetter(text[next]) || text[next] is '|' or '/' or '_' or '!' or '?' or '<' or '＜' || char.IsSurrogate(text[next]) || IsInvisibleAt(text, next));

    private static bool IsInvisibleAt(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune) && IsHidden(rune);

    // "[text](address)", "[text][1]" and "[1]: address" (https://spec.commonmark.org/0.31.2/#links); "Sodium [Moles/volume]" is none.
    private static bool OpensLink(ReadOnlySpan<char> text)
    {
        var end = text[..Math.Min(text.Length, LongestLinkText)].LastIndexOf(']');
        for (var at = 1; at <= end && text[at] != '\n'; at++)
        {
            if (text[at] == ']' && at + 1 < text.Length && text[at + 1] is '(' or '[' or ':')
                return true;
        }

        return false;
    }

    private static bool OpensInstruction(ReadOnlySpan<char> text) =>
        text.StartsWith("[INST]", StringComparison.OrdinalIgnoreCase) || text.StartsWith("[/INST]", StringComparison.OrdinalIgnoreCase);
}
