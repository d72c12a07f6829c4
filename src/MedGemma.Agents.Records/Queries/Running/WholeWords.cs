using MedGemma.Agents.Records.Concepts;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Finds words within a text as whole words, in the form in which names are compared: case, punctuation and plural aside.</summary>
internal static class WholeWords
{
    /// <summary>Whether the words stand in the text one after the other.</summary>
    public static bool Contain(string text, string words)
    {
        var wanted = PhraseText.Tokens(words);
        var tokens = PhraseText.Tokens(text);
        return wanted.Length > 0
            && Enumerable.Range(0, Math.Max(0, tokens.Length - wanted.Length + 1)).Any(at => tokens.AsSpan(at, wanted.Length).SequenceEqual(wanted));
    }
}
