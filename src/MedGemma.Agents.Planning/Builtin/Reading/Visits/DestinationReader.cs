using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Reads whether, or how often, a stay ended with the patient going to some place: "did she go home after the hip fracture", "how many admissions ended in rehab", "ED visits with discharge home". Where to, or when, is asked otherwise.</summary>
internal static class DestinationReader
{
    private static readonly (string[] Phrases, string[] Says)[] s_places =
    [
        (["home"], ["home"]),
        (["rehabilitation", "rehab", "a rehabilitation unit|centre|center|facility"], ["rehab", "rehabilitation"]),
        (["a nursing home", "nursing home", "a skilled nursing facility", "skilled nursing facility", "skilled nursing", "snf", "a snf"], ["skilled nursing", "nursing", "SNF"]),
        (["hospice", "a hospice"], ["hospice"]),
    ];

    private static readonly string[] s_goings = ["go|went|gone", "go|went|gone to", "sent|send", "sent|send to", "discharged|discharge|released", "discharged|discharge|released to", "discharge|discharged to her|his", "ended|end in|with", "ended|end with|in discharge", "ended|end with|in discharge to"];

    /// <summary>What the disposition must say; empty when no such thing is asked. The topic of the discharge leaves the list, and the words are claimed.</summary>
    public static IReadOnlyList<string> Read(QuestionText question, List<TopicMention> topics, PlannerLexicon lexicon)
    {
        var stays = topics.FindAll(mention => mention.Topic.Rank > 1 && mention.Topic.Kinds.Count > 0 && KindFamilies.AreStays(mention.Topic.Kinds));
        var isCounted = question.Tokens.Any(token => token.Word is "many" or "often");
        if (!(question[0] is "did" or "was" or "has" or "were" || (isCounted && (stays.Count > 0 || question.Tokens.Any(token => token.Word is "discharged")))) || question.Tokens.Any(token => token.Word is "when" or "where" or "date"))
            return [];

        foreach (var (phrases, says) in s_places)
        {
            if (Phrase.Find(question, s_goings.SelectMany(going => phrases.Select(place => $"{going} {place}"))) is not { } span || !Enumerable.Range(span.First, span.Count).All(i => !question.IsClaimed(i) || question.IsTopical(i)))
                continue;

            question.Claim(span);
            topics.RemoveAll(mention => mention.Span.Overlaps(span) || mention.Topic is { Rank: 0, Element: ResultElement.End });
            if (!topics.Exists(mention => mention.Topic.Rank > 1 && mention.Topic.Kinds.Count > 0 && KindFamilies.AreStays(mention.Topic.Kinds)))
                topics.Add(new TopicMention(span, lexicon.FindTopic("hospital stay")!));
            return says;
        }

        return [];
    }
}
