using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Finds where what is asked for was measured, given or done: "highest heart rate in the ICU", "ED vitals", "drugs given while an inpatient". Every stay of that kind is meant.</summary>
internal static class SettingReader
{
    /// <summary>Reads the setting and takes its words away from the rest of the question; null when the stay is what is asked for.</summary>
    public static TopicMention? Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts)
    {
        foreach (var mention in topics)
        {
            if (mention.Topic is not { Kinds: [RecordKind.IcuStay or RecordKind.EmergencyVisit or RecordKind.HospitalStay or RecordKind.OutpatientVisit], Element: null, Special: null or "inpatient", Concept: null, Rank: > 1 }
                || IsWhatHappened(question, mention) || !AreDoneThere(question, mention, topics, concepts))
                continue;

            if (First(question, mention, topics, concepts) is not { } first)
                continue;

            topics.Remove(mention);
            question.Claim(new TokenSpan(first, mention.Span.After - first));
            return mention;
        }

        return null;
    }

    /// <summary>The first token of the phrase of place, or null when the words are none.</summary>
    private static int? First(QuestionText question, TopicMention mention, List<TopicMention> topics, List<ConceptMention> concepts)
    {
        var (at, after) = (mention.Span.First, mention.Span.After);
        if (question[at] is "in" or "at")
            return Opening(question, at);

        var before = at - 1;
        while (question[before] is "the" or "an" or "a" or "his" or "her" or "my" or "their" or "our" && !question.IsClaimed(before))
            before--;
        if (question[before] is "in" or "at" or "on" or "during" or "throughout" or "within" or "inside" or "as" && !question.IsClaimed(before))
            return Opening(question, before);

        if (IsWhile(question[before]) && !question.IsClaimed(before))
            return before;

        // "ED vitals", "ICU vancomycin doses", "inpatient creatinine": the place stands before what was done there; "vitals, ED" says it behind.
        return topics.Exists(other => other != mention && other.Span.First == after && other.Topic.Kinds.Any(IsDoneThere)) || concepts.Exists(concept => concept.Span.First == after && concept.Kinds.Any(IsDoneThere))
            || (question.Count == after && at > 0 && (question.Gap(at).AsSpan().IndexOfAny(",-:(") >= 0 || concepts.Exists(concept => concept.Span.After == at)))
                ? at
                : null;
    }

    /// <summary>"While in the ICU", "when she was in hospital": the words that open the phrase of place belong to it.</summary>
    private static int Opening(QuestionText question, int at)
    {
        if (IsWhile(question[at - 1]))
            return at - 1;

        var isClause = question[at - 1] is "was" or "were" or "is" or "am" && question[at - 2] is "she" or "he" or "they" or "i" or "patient" && (IsWhile(question[at - 3]) || (question[at - 3] is "the" && IsWhile(question[at - 4])));
        return !isClause ? at : IsWhile(question[at - 3]) ? at - 3 : at - 4;
    }

    private static bool IsWhile(string word) => word is "while" or "whilst" or "when" or "during";

    /// <summary>"Admission weight", "admitted with": the beginning or the end of a stay is no place.</summary>
    public static bool IsWhatHappened(QuestionText question, TopicMention mention) =>
        Enumerable.Range(mention.Span.First, mention.Span.Count).Any(i => question[i] is "admission" or "admitted" or "admit" or "attended" or "seen" or "to" or "brought" or "into" or "visited" or "entered" or "hospitalized" or "hospitalised" or "stayed");

    private static bool AreDoneThere(QuestionText question, TopicMention mention, List<TopicMention> topics, List<ConceptMention> concepts) =>
        concepts.Exists(concept => concept.Kinds.Any(IsDoneThere) || concept.KnownKinds.Any(IsDoneThere))
        || topics.Exists(other => other != mention && other.Topic.Rank > 0 && other.Topic.Kinds.Count > 0 && (other.Topic.Kinds.Any(IsDoneThere) || other.Topic.Kinds is [RecordKind.Condition] && !IsReason(question, mention)));

    /// <summary>"In hospital for a problem": a diagnosis beside a stay may say why it was.</summary>
    private static bool IsReason(QuestionText question, TopicMention mention) => question[mention.Span.After] is "for" or "with" or "because" or "due";

    private static bool IsDoneThere(RecordKind kind) => KindFamilies.AreMedications([kind])
        || kind is RecordKind.Observation or RecordKind.LaboratoryResult or RecordKind.VitalSign or RecordKind.Output or RecordKind.MicrobiologyTest or RecordKind.Organism or RecordKind.Susceptibility or RecordKind.DiagnosticReport
            or RecordKind.ImagingStudy or RecordKind.Procedure or RecordKind.Document or RecordKind.Immunization or RecordKind.Specimen;
}
