using System.Numerics;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>Words by length with the set of their letters, so that a search for near words compares only few of them. Immutable.</summary>
internal sealed class WordIndex
{
    private readonly Dictionary<int, (string Word, uint Letters)[]> _byLength;

    public WordIndex(IEnumerable<string> words) => _byLength = words
        .Where(word => word.Length >= EditDistance.ShortestWord - 1 && word.All(char.IsLetter))
        .Distinct(StringComparer.Ordinal)
        .OrderBy(word => word, StringComparer.Ordinal)
        .GroupBy(word => word.Length)
        .ToDictionary(group => group.Key, group => group.Select(word => (word, Letters(word))).ToArray());

    /// <summary>Tells whether a word is one of them.</summary>
    public bool Contains(string word) => _byLength.TryGetValue(word.Length, out var words) && words.Any(pair => string.Equals(pair.Word, word, StringComparison.Ordinal));

    /// <summary>The words within the distance allowed for the length of <paramref name="word"/>, itself left out.</summary>
    public IEnumerable<string> Near(string word)
    {
        var most = word.All(char.IsLetter) ? EditDistance.Allowed(word.Length) : 0;
        if (most == 0)
            yield break;

        var letters = Letters(word);
        for (var length = word.Length - most; length <= word.Length + most; length++)
        {
            if (!_byLength.TryGetValue(length, out var words))
                continue;

            foreach (var (candidate, others) in words)
            {
                // One edit changes at most two members of the letter set.
                if (BitOperations.PopCount(letters ^ others) <= 2 * most
                    && EditDistance.IsWithin(word, candidate, most)
                    && !string.Equals(word, candidate, StringComparison.Ordinal))
                {
                    yield return candidate;
                }
            }
        }
    }

    private static uint Letters(string word)
    {
        uint letters = 0;
        foreach (var letter in word)
            letters |= 1u << (letter % 32);
        return letters;
    }
}
