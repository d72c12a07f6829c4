using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Grounding;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Reads what a visit was for by words that only the reasons of visits have: "the urosepsis admission", "in the ED with her asthma attack" where the diagnosis is called asthma.</summary>
internal static class VisitReasonReader
{
    /// <summary>The concepts with the reason among them, its words claimed; the same ones when no visit, or nothing that was a reason, is named.</summary>
    public static List<ConceptMention> Read(QuestionText question, IReadOnlyList<TopicMention> topics, List<ConceptMention> concepts, PatientRecord record, Func<int, bool> isContent)
    {
        if (!topics.Any(mention => mention.Topic.Kinds.Count > 0 && mention.Topic.Rank > 1 && KindFamilies.AreStays(mention.Topic.Kinds)))
            return concepts;

        var names = VisitReasonNames.Of(record);
        for (var first = 0; first < question.Count; first++)
        {
            if (!isContent(first))
                continue;

            var after = first + 1;
            while (after < question.Count && isContent(after))
                after++;
            var beside = concepts.Find(concept => concept.Span.After == first || concept.Span.First == after);
            var start = beside is null ? first : Math.Min(first, beside.Span.First);
            var span = new TokenSpan(start, Math.Max(after, beside?.Span.After ?? 0) - start);
            var words = Enumerable.Range(span.First, span.Count).Select(i => question[i]).ToArray();
            if (!names.Say(words) || (beside is not null && !beside.Kinds.All(kind => kind is RecordKind.Condition or RecordKind.Procedure)))
                continue;

            question.Claim(span);
            var said = question.Slice(span);
            var reason = beside is null
                ? new ConceptMention(span, said, [], true, new ConceptMatch(said, [], [], "text", false), [])
                : beside with { Span = span, Words = said };
            return [.. concepts.Where(concept => concept != beside).Append(reason).OrderBy(concept => concept.Span.First)];
        }

        return concepts;
    }
}
