using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Writing;

namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>The sentences of notes, for checks that read them word by word.</summary>
internal static class NoteSentences
{
    private const int Longest = 400;

    /// <summary>A text without ends of sentences is cut, so that no pattern runs over more than this.</summary>
    private const int LongestRead = 2000;

    /// <summary>The sentences and lines of a note; a longer one in pieces that end between words.</summary>
    public static IEnumerable<string> Of(NoteText note)
    {
        var (start, space) = (0, -1);
        var text = note.Text;
        for (var i = 0; i < text.Length; i++)
        {
            space = char.IsWhiteSpace(text[i]) ? i : space;
            var ends = EndsSentence(text, i);
            if (!ends && i - start < LongestRead)
                continue;

            var end = ends || space <= start ? i + 1 : space + 1;
            if (text[start..end].Trim() is { Length: > 1 } sentence)
                yield return sentence;
            start = end;
        }

        if (text[start..].Trim() is { Length: > 0 } last)
            yield return last;
    }

    /// <summary>A sentence as it is shown.</summary>
    public static string Shown(string sentence) => DisplayText.Quotable(sentence, Longest);

    private static bool EndsSentence(string text, int at) =>
        text[at] == '\n' || (text[at] is '.' or '!' or '?' or ';' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])));
}
