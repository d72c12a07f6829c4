using System.Collections.Frozen;

namespace MedGemma.Agents.Planning.Verification.Language;

/// <summary>Reads the word lists embedded beside this file: lines of <c>key = spelling|spelling</c>, or bare words; <c>#</c> begins a comment line.</summary>
internal static class WordTable
{
    /// <summary>Spelling, in lower case, to the keys of its lines.</summary>
    public static FrozenDictionary<string, string[]> LoadKeyed(string name)
    {
        var table = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var line in ReadLines(name))
        {
            var equals = line.IndexOf(" = ", StringComparison.Ordinal);
            var key = line[..equals].Trim();
            foreach (var spelling in line[(equals + 3)..].Split('|', StringSplitOptions.TrimEntries))
            {
                if (!table.TryGetValue(spelling, out var keys))
                    table.Add(spelling, keys = []);
                keys.Add(key);
            }
        }

        return table.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Every word of a list without keys.</summary>
    public static FrozenSet<string> LoadWords(string name) =>
        ReadLines(name).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<string> ReadLines(string name)
    {
        using var stream = typeof(WordTable).Assembly.GetManifestResourceStream($"Verification/{name}.txt")
            ?? throw new InvalidOperationException($"The word list {name} is not embedded.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                yield return line;
        }
    }
}
