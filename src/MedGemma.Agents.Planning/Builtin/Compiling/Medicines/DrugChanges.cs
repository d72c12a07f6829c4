using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Medicines;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Medicines;

/// <summary>Answers clauses that ask how treatment changed: one drug for another, or the dose of one.</summary>
internal sealed class DrugChanges(IRecordQueryEngine engine, IConceptResolver resolver, ConceptVocabulary vocabulary)
{
    private readonly Replacement _replacement = new(engine, resolver, vocabulary);
    private readonly DoseChanges _doses = new(engine);

    /// <summary>The query with what must be said of it, a reason why there is none, or null when the clause asks for nothing of the kind.</summary>
    public (RecordQuery? Query, string Reason)? Find(PatientRecord record, QuestionText question, QueryContext context)
    {
        if (!MayAsk(question))
            return null;

        var drugs = DrugSpotter.Find(question, record, resolver, vocabulary, PlannerLexicon.Default);

        // "When was potassium replaced" is of a dose that was given.
        if (drugs.Exists(drug => vocabulary.Find(drug.Words).Any(term => term.Category == VocabularyCategory.Laboratory)))
            return null;

        if (DoseChangeReader.Read(question, drugs, PlannerLexicon.Default) is { } dose)
            return _doses.Find(record, dose, context);

        return SwitchReader.Read(question, drugs, PlannerLexicon.Default) is { } change ? _replacement.Find(record, change, context) : null;
    }

    private static bool MayAsk(QuestionText question) => question.Tokens.Any(token => token.Word
        is "replaced" or "replace" or "replaces" or "replacement" or "replacing" or "switched" or "switch" or "switching" or "swapped" or "swap" or "changed" or "change" or "changes" or "converted" or "convert" or "transitioned" or "moved" or "rotated"
        or "substituted" or "substitute" or "instead" or "place" or "before" or "prior" or "previous" or "earlier" or "increased" or "increase" or "raised" or "upped" or "doubled" or "uptitrated" or "titrated" or "escalated" or "decreased" or "decrease" or "reduced"
        or "reduction" or "lowered" or "halved" or "cut" or "tapered" or "weaned" or "adjusted" or "adjustment" or "adjustments" or "altered" or "modified" or "history" or "former" or "old" or "time" or "up" or "down");
}
