using MedGemma.Agents.Planning.Contradictions.Checks;
using MedGemma.Agents.Planning.Notes;

namespace MedGemma.Agents.Planning.Contradictions;

/// <summary>
/// Where the words of all notes stand. Every note is read once, whatever the number of names that are looked for afterwards. For one turn; not thread-safe.
/// </summary>
internal sealed class NoteWordIndex
{
    private readonly List<NoteSentence> _sentences = [];
    private readonly Dictionary<string, List<(int Sentence, int Start)>> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationToken _cancellationToken;

    /// <summary>Reads the notes.</summary>
    /// <param name="notes">The notes.</param>
    /// <param name="cancellationToken">Ends the reading, and every later look-up.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public NoteWordIndex(IEnumerable<NoteText> notes, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        var places = _places.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var note in notes)
        {
            foreach (var sentence in NoteSentences.Of(note))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Add(new NoteSentence(note, sentence), places);
            }
        }
    }

    /// <summary>Every sentence, note by note.</summary>
    public IEnumerable<NoteSentence> Sentences
    {
        get
        {
            foreach (var sentence in _sentences)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                yield return sentence;
            }
        }
    }

    /// <summary>Where any of these names stands letter for letter, whatever its case, as whole words; in the order of the notes.</summary>
    /// <param name="names">The names.</param>
    /// <exception cref="OperationCanceledException">The turn or its time ended.</exception>
    public IReadOnlyList<NoteMention> Find(IEnumerable<string> names)
    {
        var found = new List<(int Sentence, NoteMention Mention)>();
        foreach (var name in names)
        {
            var length = NextWord(name, 0, out var first);
            if (length == 0 || !_places.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.AsSpan(first, length), out var places))
                continue;

            foreach (var (sentence, start) in places)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                var text = _sentences[sentence].Text;
                var from = start - first;
                if (from >= 0 && from + name.Length <= text.Length && text.AsSpan(from, name.Length).Equals(name, StringComparison.OrdinalIgnoreCase) && EndsWord(text, from + name.Length))
                    found.Add((sentence, new NoteMention(_sentences[sentence], from, name.Length)));
            }
        }

        return [.. found.OrderBy(item => item.Sentence).ThenBy(item => item.Mention.Start).Select(item => item.Mention)];
    }

    private void Add(NoteSentence sentence, Dictionary<string, List<(int Sentence, int Start)>>.AlternateLookup<ReadOnlySpan<char>> places)
    {
        _sentences.Add(sentence);
        for (var at = 0; NextWord(sentence.Text, at, out var start) is > 0 and var length; at = start + length)
        {
            var word = sentence.Text.AsSpan(start, length);
            if (!places.TryGetValue(word, out var known))
                places[word] = known = [];
            known.Add((_sentences.Count - 1, start));
        }
    }

    private static int NextWord(string text, int at, out int start)
    {
        start = at;
        while (start < text.Length && !char.IsLetterOrDigit(text[start]))
            start++;
        var end = start;
        while (end < text.Length && char.IsLetterOrDigit(text[end]))
            end++;
        return end - start;
    }

    private static bool EndsWord(string text, int end) => end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(text[end - 1]);
}
