using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>Reads flags by their verbs: "is she flagged as a falls risk", "when was the MRSA alert lifted", "which flags have been taken off". A flag that is over is told only where the question looks back.</summary>
internal static class FlagReader
{
    private static readonly string[] s_flagging = ["flagged as|for|up|with", "flagged", "an|any alert for|on", "alert for", "marked as a", "alerted"];

    private static readonly string[] s_lifting = ["lifted", "lift", "cleared", "taken off", "taken down", "removed", "deactivated", "closed", "withdrawn", "cancelled", "ended", "no longer active", "no longer valid", "inactive", "not active any|anymore"];

    private static readonly string[] s_past = ["ever", "was", "were", "had", "been", "previous", "previously", "past", "former", "formerly", "old", "earlier", "all"];

    /// <summary>What is asked of flags; nothing where the question is about something else.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="topics">What its words are about; that of flags is put in where a verb says it.</param>
    /// <param name="concepts">What is named in it; a result that is flagged is no flag.</param>
    /// <param name="flag">The topic of flags.</param>
    public static FlagAsk Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, Topic flag)
    {
        if (concepts.Exists(concept => concept.Kinds.Any(kind => kind is RecordKind.LaboratoryResult or RecordKind.VitalSign)) && !topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Flag]))
            return FlagAsk.None;

        if (topics.Exists(mention => mention.Topic.Rank > 2 && mention.Topic.Kinds is not [RecordKind.Flag]) && !topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Flag]))
            return FlagAsk.None;

        var named = topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Flag]) || (concepts.Count > 0 && concepts.TrueForAll(concept => concept.Kinds.Any() && concept.Kinds.All(kind => kind == RecordKind.Flag)));
        if (Phrase.Find(question, s_flagging) is { } verb && question.IsFree(verb) && !IsOfResults(question, verb))
        {
            question.Claim(verb);
            if (!topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Flag]))
                topics.Add(new TopicMention(verb, flag));
            named = true;
        }

        if (!named)
            return FlagAsk.None;

        if (Phrase.Find(question, s_lifting) is { } lifted)
        {
            topics.RemoveAll(mention => mention.Span.Overlaps(lifted) && mention.Topic.Kinds is not [RecordKind.Flag]);
            question.Claim(lifted);
            return question[0] is "when" || question.Tokens.Any(token => token.Word is "date" or "until") ? FlagAsk.End : FlagAsk.Over;
        }

        return question[0] is "when" or "since" or "how" or "who" or "why" || question.Tokens.Any(token => s_past.Contains(token.Word)) && !question.Tokens.Any(token => token.Word is "current" or "currently" or "active" or "now" or "still")
            ? FlagAsk.None
            : FlagAsk.Current;
    }

    // "Which results are flagged abnormal" is asked of results.
    private static bool IsOfResults(QuestionText question, TokenSpan verb) =>
        question[verb.After] is "abnormal" or "high" or "low" or "critical" or "normal" or "out" or "outside" || question.Tokens.Any(token => token.Word is "result" or "results" or "value" or "values" or "reading" or "readings" or "lab" or "labs" or "level" or "levels");
}
