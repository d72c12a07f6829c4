using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Medicines;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>
/// Finds a treatment that is called by its sort of drugs where the record has it as what was done: "chemo" is the procedure "Chemotherapy" where no such drug is recorded by its name.
/// </summary>
internal sealed class TreatmentReader(PatientRecord record, IConceptResolver resolver, ConceptVocabulary vocabulary)
{
    private static readonly string[] s_treatments = ["chemotherapy", "immunotherapy"];

    private static readonly string[] s_notGiven =
    [
        "not given", "not actually given", "not administered", "not done", "not go ahead", "not take place", "not had", "not have", "not received", "not started", "wasn t given", "weren t given", "wasn t done", "never given", "withheld", "held", "omitted",
        "skipped", "missed", "deferred", "postponed", "delayed",
    ];

    /// <summary>The mention as what was done; unchanged where a drug of that sort is recorded, or nothing is.</summary>
    public ConceptMention AsProcedure(ConceptMention mention)
    {
        if (!mention.Entries.IsEmpty || vocabulary.Find(mention.Words).FirstOrDefault(term => term.Category == VocabularyCategory.DrugClass && s_treatments.Contains(term.Name)) is not { } treatment)
            return mention;

        var entries = treatment.Names.SelectMany(name => resolver.Resolve(record, name, [RecordKind.Procedure]) is { Match.How: not ("fuzzy" or "prefix") } found ? found.Entries : [])
            .Where(entry => entry.Kinds.Contains(RecordKind.Procedure)).Distinct().ToArray();
        return entries.Length == 0 ? mention : mention with
        {
            Entries = [.. entries],
            Names = [.. entries.Select(entry => entry.Name).Distinct(StringComparer.Ordinal)],
            Match = new ConceptMatch(mention.Words, [.. entries.Select(entry => entry.Name).Distinct(StringComparer.Ordinal)], [], "text", false),
        };
    }

    /// <summary>
    /// The mention as the drug, where the record knows its name only as an allergen or as what a germ was tested against and the question is of medicines: "was vancomycin given" is not
    /// answered by a susceptibility, nor "how many doses of oxaliplatin" by an allergy. Nothing is found where no such drug is recorded.
    /// </summary>
    public ConceptMention AsDrug(ConceptMention mention)
    {
        if (mention.Kinds.Any(MedicineReader.IsOfDrugs) || !mention.Kinds.Any(kind => kind is RecordKind.Allergy or RecordKind.Susceptibility)
            || !vocabulary.Find(mention.Words).Any(term => term.Category is VocabularyCategory.Drug or VocabularyCategory.DrugClass))
            return mention;

        var resolved = resolver.Resolve(record, mention.Words, [RecordKind.Medication]);
        return mention with { Entries = resolved.Entries, Verbatim = false, Match = resolved.Match, KnownKinds = [RecordKind.Medication], Names = [mention.Words], Besides = null };
    }

    /// <summary>Whether the words of a question are said of medicines.</summary>
    public static bool AsksOfDrug(IReadOnlyList<TopicMention> topics, Interrogatives asks) =>
        !topics.Any(mention => mention.Topic.Kinds.Any(kind => kind is RecordKind.Allergy or RecordKind.Organism or RecordKind.Susceptibility or RecordKind.MicrobiologyTest))
        && (asks.Frequency || topics.Any(mention => mention.Topic.Name is "performer" or "stop" or "come off" or "no longer" || (mention.Topic.Kinds.Count > 0 && KindFamilies.AreMedications(mention.Topic.Kinds))));

    /// <summary>Whether a procedure is said not to have taken place ("the dialysis was skipped"), with the words claimed.</summary>
    public static bool ReadNotGiven(QuestionText question, List<TopicMention> topics, IReadOnlyList<ConceptMention> concepts)
    {
        if (concepts.Count == 0 || !concepts.All(concept => concept.Kinds.Any() && concept.Kinds.All(kind => kind == RecordKind.Procedure))
            || Phrase.Find(question, s_notGiven) is not { } span || concepts.Any(concept => concept.Span.Overlaps(span)))
            return false;

        question.Claim(span);
        topics.RemoveAll(mention => mention.Span.Overlaps(span));
        return true;
    }
}
