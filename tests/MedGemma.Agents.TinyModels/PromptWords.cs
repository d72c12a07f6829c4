using System.Text.RegularExpressions;

namespace MedGemma.Agents.TinyModels;

/// <summary>Finds the words of which texts are made, so that a vocabulary of them makes few tokens of such texts, as a real one does.</summary>
public static partial class PromptWords
{
    /// <summary>The words that save the most tokens.</summary>
    /// <param name="texts">Texts such as a model will read and write.</param>
    /// <param name="pieces">Most pieces that a vocabulary needs for them: a word with each of its beginnings.</param>
    public static IReadOnlyList<string> Of(IEnumerable<string> texts, int pieces)
    {
        var words = texts.SelectMany(text => Words().Matches(text).Select(match => match.Value)).Where(word => word.Length > 1)
            .CountBy(word => word, StringComparer.Ordinal)
            .OrderByDescending(word => word.Value * (word.Key.Length - 1)).ThenBy(word => word.Key, StringComparer.Ordinal);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var taken = new List<string>();
        foreach (var (word, _) in words)
        {
            var beginnings = Enumerable.Range(2, word.Length - 1).Select(length => word[..length]).Where(piece => !needed.Contains(piece)).ToList();
            if (needed.Count + beginnings.Count > pieces)
                continue;

            needed.UnionWith(beginnings);
            taken.Add(word);
        }

        return taken;
    }

    [GeneratedRegex("""[ _-]?[A-Za-z][a-z]*|[":,{}\[\]]{2,6}""")]
    private static partial Regex Words();
}
