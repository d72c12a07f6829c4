using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Topics;

/// <summary>
/// Drops the topics whose words are part of a name that says more: the tests of "pregnancy tests" that are procedures ask for no observation, and the end in "tonsils removed" is none.
/// </summary>
internal static class TopicsWithinNames
{
    /// <summary>Takes them out of the topics.</summary>
    /// <param name="topics">What the words of a clause are about.</param>
    /// <param name="concepts">What it names.</param>
    public static void Drop(List<TopicMention> topics, IReadOnlyList<ConceptMention> concepts) =>
        topics.RemoveAll(mention => mention.Topic.Concept is null && concepts.Any(concept => IsPartOf(concept, mention)));

    private static bool IsPartOf(ConceptMention concept, TopicMention mention)
    {
        if (!concept.Span.Contains(mention.Span) || concept.Span == mention.Span)
            return false;

        return mention.Topic.Rank == 0
            ? mention.Topic.Element is not ResultElement.Name
            : !concept.Entries.IsEmpty && !concept.Kinds.Any(mention.Topic.Kinds.Contains);
    }
}
