using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>Finds what the question says of its times that no window expresses.</summary>
internal static class UnreadTimes
{
    /// <summary>The words.</summary>
    public static IEnumerable<string> Find(QuestionText question, IReadOnlyList<TimePhrase> windows, Dictionary<int, (int First, TimeSpan? Length)> lengths) =>
    [
        // "After the June 1990 visit", where no visit was made of it: the preposition would be lost.
        .. windows.Where(phrase => phrase.Attributive is not (null or TimeBound.In)).Select(phrase => question.Slice(new TokenSpan(phrase.Span.First - 2, phrase.Span.Count + 2))),

        // "Around 26 December" is more than that day, nobody says how much.
        .. windows.SelectMany(phrase => Enumerable.Range(phrase.Span.First - 1, phrase.Span.Count + 1)).Where(i => question[i] is "around" or "about" or "near" or "circa" or "approximately" or "roughly" or "surrounding" or "mid").Select(i => question.Slice(new TokenSpan(i, 1))),
        .. lengths.Select(length => question.Slice(new TokenSpan(length.Value.First, length.Key + 1 - length.Value.First))),
    ];
}
