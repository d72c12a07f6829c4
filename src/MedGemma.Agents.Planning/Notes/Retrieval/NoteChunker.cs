namespace MedGemma.Agents.Planning.Notes.Retrieval;

/// <summary>Cuts notes into passages of a few sentences that never cross a heading; offsets are kept.</summary>
internal static class NoteChunker
{
    /// <summary>A passage is ended at the next line or sentence once it is this long.</summary>
    private const int LongEnough = 500;

    /// <summary>No passage is longer.</summary>
    private const int Longest = 900;

    /// <summary>The passages of a note, in order; together they hold every character that is no white space.</summary>
    public static IEnumerable<NoteChunk> Split(NoteText note)
    {
        var section = NoteSection.Other;
        var start = 0;
        foreach (var (lineStart, lineLength) in Lines(note.Text))
        {
            if (NoteHeadings.TryRead(note.Text.AsSpan(lineStart, lineLength), out var next))
            {
                foreach (var chunk in Cut(note, start, lineStart, section))
                    yield return chunk;
                (start, section) = (lineStart, next);
            }
            else if (lineStart - start >= LongEnough)
            {
                foreach (var chunk in Cut(note, start, lineStart, section))
                    yield return chunk;
                start = lineStart;
            }
        }

        foreach (var chunk in Cut(note, start, note.Text.Length, section))
            yield return chunk;
    }

    private static IEnumerable<(int Start, int Length)> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            yield return (start, end - start);
            start = end + 1;
        }
    }

    private static IEnumerable<NoteChunk> Cut(NoteText note, int start, int end, NoteSection section)
    {
        while (start < end)
        {
            var length = end - start <= Longest ? end - start : SentenceEnd(note.Text, start + LongEnough, start + Longest) - start;
            var passage = note.Text.AsSpan(start, length);
            var trimmed = passage.TrimStart();
            var skipped = passage.Length - trimmed.Length;
            trimmed = trimmed.TrimEnd();
            var kept = trimmed.Length;
            if (kept > 0)
                yield return new NoteChunk(note, start + skipped, kept, section);
            start += length;
        }
    }

    private static int SentenceEnd(string text, int from, int until)
    {
        for (var at = from; at < until - 1; at++)
        {
            if (text[at] is '.' or '!' or '?' or ';' && char.IsWhiteSpace(text[at + 1]))
                return at + 1;
        }

        var space = text.LastIndexOf(' ', until - 1, until - from);
        var end = space > from ? space : until;
        return char.IsLowSurrogate(text[end]) ? end - 1 : end;
    }
}
