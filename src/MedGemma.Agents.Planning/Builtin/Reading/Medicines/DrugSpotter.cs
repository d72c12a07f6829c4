using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>Finds the drugs and classes of drugs that a clause names, for readers of constructions that hang on which drug stands where.</summary>
internal static class DrugSpotter
{
    private const int LongestName = 5;

    /// <summary>The drugs in the order of their words.</summary>
    public static List<DrugMention> Find(QuestionText question, PatientRecord record, IConceptResolver resolver, ConceptVocabulary vocabulary, PlannerLexicon lexicon)
    {
        var found = new List<DrugMention>();
        for (var first = 0; first < question.Count; first++)
        {
            if (lexicon.IsGlue(question[first]) || question.IsClaimed(first) || question[first].All(char.IsDigit) || IsUnit(question[first]))
                continue;

            for (var length = Math.Min(LongestName, question.Count - first); length > 0; length--)
            {
                var span = new TokenSpan(first, length);
                if (!question.IsFree(span) || lexicon.IsGlue(question[span.After - 1]) || (length > 1 && IsUnit(question[span.After - 1])) || lexicon.FindTopic(question.Words(span)) is not null)
                    continue;

                var words = question.Slice(span);
                var resolved = resolver.Resolve(record, words, [RecordKind.Medication]);
                var terms = vocabulary.Find(words).Where(term => term.Category is VocabularyCategory.Drug or VocabularyCategory.DrugClass).ToList();
                if ((resolved.Entries.IsEmpty || resolved.Match.How is "fuzzy" or "prefix") && terms.Count == 0)
                    continue;

                found.Add(new DrugMention(span, words, [.. resolved.Entries.Where(entry => entry.Kinds.Any(MedicineReader.IsOfDrugs))], terms.Exists(term => term.IsGroup)));
                first = span.After - 1;
                break;
            }
        }

        return found;
    }

    private static bool IsUnit(string word) => word is "mg" or "mcg" or "g" or "ug" or "ml" or "units" or "dose" or "doses";
}
