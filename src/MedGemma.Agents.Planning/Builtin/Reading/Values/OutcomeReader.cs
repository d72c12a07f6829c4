using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Reads the outcome of something that is named: of a procedure or a plan what came of it, of an assessment its result. Alone an outcome is a volume that came out.</summary>
internal static class OutcomeReader
{
    /// <summary>Puts the topic that is meant in the place of the volume's.</summary>
    public static void Read(QuestionText question, List<TopicMention> topics, IReadOnlyList<ConceptMention> concepts, PlannerLexicon lexicon)
    {
        if (topics.Find(mention => mention.Topic.Kinds is [RecordKind.Output] && question[mention.Span.First] is "outcome" or "outcomes") is not { } outcome
            || concepts.Count == 0 || concepts.Any(concept => concept.Kinds.Contains(RecordKind.Output)))
            return;

        topics.Remove(outcome);
        if (concepts.All(concept => concept.Kinds.Any(kind => kind is RecordKind.Procedure or RecordKind.CarePlan or RecordKind.Goal)))
            topics.Add(new TopicMention(outcome.Span, lexicon.FindTopic("achievement")!));
    }
}
