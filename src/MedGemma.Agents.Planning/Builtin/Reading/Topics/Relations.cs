using System.Buffers;
using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Topics;

/// <summary>
/// Finds the things of a clause whose relation to the others no query expresses. Several things are asked for side by side only when a conjunction, a comma or a sign joins them;
/// otherwise the one says something of the other ("the BP at triage", "the diagnosis for this admission"), which must not be dropped or answered as a second question.
/// </summary>
internal static class Relations
{
    private static readonly SearchValues<char> s_signs = SearchValues.Create(",;/&+(-:");

    /// <summary>The words of those things.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="topics">What its words are about.</param>
    /// <param name="concepts">What it names, in order.</param>
    public static IEnumerable<string> NotExpressed(QuestionText question, IReadOnlyList<TopicMention> topics, IReadOnlyList<ConceptMention> concepts)
    {
        for (var i = 1; i < concepts.Count; i++)
        {
            var (first, second) = (concepts[i - 1], concepts[i]);
            if (first.Span.After <= second.Span.First && !AreJoined(question, first, second) && !IsMicrobiology(first) && !IsMicrobiology(second))
                yield return question.Slice(second.Span);
        }

        // "Drugs dispensed in the emergency department": the stay is neither asked for nor a time that was understood.
        if (topics.Any(mention => mention.Topic.Rank > 2 && IsNoStay(mention.Topic)))
            foreach (var stay in topics)
                if (stay.Topic.Rank > 3 && stay.Topic.Element is null or ResultElement.End && KindFamilies.AreStays(stay.Topic.Kinds) && stay.Topic.Kinds.Count > 0 && stay.Topic.Special is null)
                    yield return question.Slice(stay.Span);

        foreach (var mention in topics)
            if (mention.Topic.Name is "discharge" or "hospital stay" && question[mention.Span.First] is "discharge" or "admission" && mention.Span.Count == 1 && Qualifies(mention, topics, concepts))
                yield return question.Slice(mention.Span);
    }

    private static bool IsNoStay(Topic topic) => topic.Kinds.Count > 0 && !topic.Kinds.Any(kind => kind is RecordKind.Patient or RecordKind.CareUnit or RecordKind.Appointment or RecordKind.Encounter or RecordKind.Claim or RecordKind.ExplanationOfBenefit or RecordKind.Coverage || KindFamilies.AreStays([kind]));

    /// <summary>"Discharge medications", "admission weight": the stay says which ones are meant.</summary>
    private static bool Qualifies(TopicMention mention, IReadOnlyList<TopicMention> topics, IReadOnlyList<ConceptMention> concepts) =>
        concepts.Any(concept => concept.Span.First == mention.Span.After)
        || topics.Any(other => other.Span.First == mention.Span.After && other.Topic.Rank > 1 && !other.Topic.Kinds.Any(kind => kind is RecordKind.HospitalStay or RecordKind.Encounter));

    private static bool AreJoined(QuestionText question, ConceptMention first, ConceptMention second)
    {
        for (var i = first.Span.After; i <= second.Span.First; i++)
            if ((i < second.Span.First && (question[i] is "and" or "or" or "vs" or "versus" or "plus" or "nor" or "than" or "also" or "to" || (question[i] is "with" && AreOfOneSort(first, second)))) || question.Gap(i).AsSpan().IndexOfAny(s_signs) >= 0)
                return true;

        return false;
    }

    /// <summary>"Sodium with potassium" are two, "transfused with platelets" is one deed; "lorazepam with alcohol" is the one under a condition.</summary>
    private static bool AreOfOneSort(ConceptMention first, ConceptMention second) => first.Kinds.Contains(RecordKind.Procedure) || first.Kinds.Any(second.Kinds.Contains);

    private static bool IsMicrobiology(ConceptMention concept) =>
        concept.Kinds.Any(kind => kind is RecordKind.Specimen or RecordKind.Organism or RecordKind.Susceptibility or RecordKind.MicrobiologyTest);
}
