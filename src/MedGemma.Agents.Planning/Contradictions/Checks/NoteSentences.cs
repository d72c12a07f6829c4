using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Writing;

namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>The sentences of notes, for checks that read them word by word.</summary>
internal static class NoteSentences
{
    private const int Longest = 400;

    /// <summary>The sentences and lines of a note.</summary>
    public static IEnumerable<string> Of(NoteText note)
    {
        var start = 0;
        var text = note.Text;
        for (var i = 0; i < text.Length; i++)
        {
            var ends = text[i] == '\n' || (text[i] is '.' or '!' or '?' or ';' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])));
            if (!ends)
                continue;
            if (i > start)
                yield return text[start..(i + 1)].Trim();
            start = i + 1;
        }

        if (start < text.Length)
            yield return text[start..].Trim();
    }

    /// <summary>A sentence as it is shown.</summary>
    public static string Shown(string sentence) => DisplayText.Bound(sentence, Longest).Replace('“', '"').Replace('”', '"');
}
