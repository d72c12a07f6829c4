using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Plans;

/// <summary>Reads that the outcome or the complications of a procedure are asked for: "how did the hip operation go", "any complications of the caesarean", "outcome of the cardioversion".</summary>
internal static class ProcedureAspects
{
    private static readonly string[] s_outcomes = ["outcome", "outcomes", "turn out", "turned out", "successful", "uneventful"];

    private static readonly string[] s_complications = ["complications", "complication", "complicated"];

    /// <summary>The element, with its words claimed and taken from the lists, or null where no procedure is named.</summary>
    public static ResultElement? Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts)
    {
        var isNamed = concepts.Exists(concept => concept.Kinds.Contains(RecordKind.Procedure) && !IsAspect(question, concept.Span)) || topics.Exists(mention => mention.Topic.Name is "operation" or "procedure");
        if (!isNamed || concepts.Exists(concept => concept.Kinds.Any() && concept.Kinds.All(kind => kind == RecordKind.Condition) && !IsAspect(question, concept.Span)))
            return null;

        var element = Phrase.Find(question, s_complications) is { } complication ? Take(question, topics, concepts, complication, ResultElement.Complication)
            : Phrase.Find(question, s_outcomes) is { } outcome ? Take(question, topics, concepts, outcome, ResultElement.Outcome)
            : question[0] is "how" && question[1] is "did" && Goes(question) is { } go ? Take(question, topics, concepts, go, ResultElement.Outcome)
            : (ResultElement?)null;
        return element;
    }

    private static TokenSpan? Goes(QuestionText question)
    {
        for (var i = 3; i < question.Count; i++)
            if (question[i] is "go" && (i == question.Count - 1 || question.Gap(i + 1).AsSpan().IndexOfAny("-,;(") >= 0))
                return new TokenSpan(i, 1);

        return null;
    }

    private static ResultElement Take(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, TokenSpan span, ResultElement element)
    {
        topics.RemoveAll(mention => mention.Span.Overlaps(span));
        concepts.RemoveAll(concept => concept.Span.Overlaps(span) && IsAspect(question, concept.Span));
        foreach (var words in s_outcomes.Concat(s_complications))
            if (Phrase.Find(question, [words]) is { } said)
            {
                topics.RemoveAll(mention => mention.Span.Overlaps(said));
                question.Claim(said);
            }

        question.Claim(span);
        return element;
    }

    private static bool IsAspect(QuestionText question, TokenSpan span) => question[span.First] is "complication" or "complications" or "complicated" or "outcome" or "outcomes";
}
