using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Planning.Builtin.Reading.Values;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>Finds several elements asked of the same thing: "when and why", "dose and route", "who ordered it, when".</summary>
internal static class JoinedElements
{
    /// <summary>The elements in the order of their words; empty unless there are at least two, joined by "and", "&amp;" or a comma.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="topics">What its words are about.</param>
    /// <param name="concepts">What it names.</param>
    public static IReadOnlyList<ResultElement> Read(QuestionText question, IReadOnlyList<TopicMention> topics, IReadOnlyList<ConceptMention> concepts)
    {
        var asked = new List<(TokenSpan Span, ResultElement Element)>();
        foreach (var mention in topics)
            if (mention.Topic.Element is { } element and not ResultElement.Name && (mention.Topic.Rank == 0 || IsOfOrder(element) || element == ResultElement.Reaction))
                asked.Add((mention.Span, element));

        // "Admission and discharge dates": both bounds of the stay.
        if (topics.FirstOrDefault(mention => mention.Topic.Name == "discharge") is { } discharge
            && topics.FirstOrDefault(mention => mention.Topic is { Element: null, Rank: > 3 } && KindFamilies.AreStays(mention.Topic.Kinds) && question[mention.Span.After - 1] is "admission" or "admissions" or "admitted" or "admit") is { } admission
            && AreJoined(question, admission.Span, discharge.Span))
        {
            return [ResultElement.Start, ResultElement.End];
        }

        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            if ((question[i] is "when" && question[i - 1] is not "since") || (question[i] is "date" or "time" && (question[i + 1] is "and" || question[i - 1] is "and")))
                asked.Add((new TokenSpan(i, 1), ResultElement.Start));
            else if (question[i] is "route" && !topics.Any(mention => mention.Span.First == i))
                asked.Add((new TokenSpan(i, 1), ResultElement.Route));
            else if (question[i] is "who" or "whom" && (i == 0 || question[i - 1] is "and" or "by") && !topics.Any(mention => mention.Span.First == i))
                asked.Add((new TokenSpan(i, 1), ResultElement.Performer));
        }

        // "The last weight and its date": the value too.
        if (asked.Count <= 1 && concepts is [var measured] && ResultMentions.IsResult(measured) && AsksTimeToo(question, measured.Span.After))
            return [ResultElement.Default, ResultElement.Start];

        asked.Sort((a, b) => a.Span.First.CompareTo(b.Span.First));
        return asked.Count > 1 && Enumerable.Range(1, asked.Count - 1).All(i => AreJoined(question, asked[i - 1].Span, asked[i].Span))
            ? [.. asked.Select(one => one.Element).Distinct()]
            : [];
    }

    private static bool AsksTimeToo(QuestionText question, int from)
    {
        if (question[0] is "when" || question.Tokens.Take(from).Any(token => token.Word is "date" or "time" or "when"))
            return false;

        for (var i = from; i < question.Count; i++)
        {
            if (question[i] is not ("date" or "time" or "dates" or "when"))
                continue;

            var before = i - 1;
            while (question[before] is "its" or "the" or "a" or "exact")
                before--;
            return before >= from && (question[before] is "and" or "with" or "plus" or "including" || question.Gap(before + 1).AsSpan().IndexOfAny("&,+(") >= 0);
        }

        return false;
    }

    private static bool IsOfOrder(ResultElement element) => element is ResultElement.Dose or ResultElement.Route or ResultElement.Frequency or ResultElement.DosageInstruction;

    private static bool AreJoined(QuestionText question, TokenSpan first, TokenSpan second)
    {
        for (var i = first.After; i <= second.First; i++)
            if (question[i] is "and" || question.Gap(i).AsSpan().IndexOfAny(",&/") >= 0)
                return true;

        return false;
    }
}
