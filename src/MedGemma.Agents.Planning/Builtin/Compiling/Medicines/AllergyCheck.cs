using MedGemma.Agents.Planning.Builtin.Grounding;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Medicines;

/// <summary>"Can he have penicillin": the record does not say what may be done, but an allergy that it holds must be shown.</summary>
internal static class AllergyCheck
{
    /// <summary>The allergies to what is asked for, or null when none is recorded or the clause asks for other advice.</summary>
    public static RecordQuery? Find(PatientRecord record, QuestionText question, IConceptResolver resolver, ConceptVocabulary vocabulary)
    {
        if (!question.Tokens.Any(token => token.Word is "have" or "take" or "eat" or "get" or "receive" or "give" or "given" or "use" or "drink" or "tolerate"))
            return null;

        for (var first = 1; first < question.Count; first++)
        {
            for (var length = Math.Min(3, question.Count - first); length > 0; length--)
            {
                var span = new TokenSpan(first, length);
                if (!question.IsFree(span) || PlannerLexicon.Default.IsGlue(question[first]) || PlannerLexicon.Default.FindTopic(question[first]) is not null)
                    continue;

                if (Allergens.NamesOf(record, question.Slice(span), resolver, vocabulary) is { Count: > 0 } names)
                    return new RecordQuery(new RecordSelection { Kinds = [RecordKind.Allergy], Concepts = names }, new ListAggregate(Distinct: true), ResultElement.Name);
            }
        }

        return null;
    }
}
