using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>Words of a question one after the other.</summary>
internal static class Phrase
{
    /// <summary>Whether the words stand at a token; "a|b" is either.</summary>
    public static bool At(QuestionText question, int at, string words)
    {
        foreach (var wanted in words.Split(' '))
            if (at >= question.Count || !wanted.Split('|').Contains(question[at++]))
                return false;

        return true;
    }

    /// <summary>The first of the phrases that stands in the question, the longest at a place; null when none does.</summary>
    public static TokenSpan? Find(QuestionText question, IEnumerable<string> phrases)
    {
        var longestFirst = phrases.Select(words => (Words: words, Count: words.Count(c => c == ' ') + 1)).OrderByDescending(phrase => phrase.Count).ToArray();
        for (var i = 0; i < question.Count; i++)
            foreach (var (words, count) in longestFirst)
                if (At(question, i, words))
                    return new TokenSpan(i, count);

        return null;
    }

    /// <summary>Finds and claims; whether one was there.</summary>
    public static bool Take(QuestionText question, params string[] phrases)
    {
        if (Find(question, phrases) is not { } span)
            return false;

        question.Claim(span);
        return true;
    }
}
