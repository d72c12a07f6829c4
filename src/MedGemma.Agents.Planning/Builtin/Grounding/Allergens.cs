using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>Finds the allergies that speak of a thing: by its own name, or by that of the class that it belongs to (amoxicillin is a penicillin).</summary>
internal static class Allergens
{
    /// <summary>The names by which the record has such an allergy, the words themselves or those of the class; empty when it has none.</summary>
    public static IReadOnlyList<string> NamesOf(PatientRecord record, string words, IConceptResolver resolver, ConceptVocabulary vocabulary)
    {
        if (resolver.Resolve(record, words, [RecordKind.Allergy]) is { Entries.IsEmpty: false, Match.How: not ("fuzzy" or "prefix") })
            return [words];

        var drugs = vocabulary.Find(words).Where(term => term.Category == VocabularyCategory.Drug).Select(term => term.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (drugs.Count == 0)
            return [];

        var names = new List<string>();
        foreach (var group in vocabulary.Terms.Where(term => term.Category == VocabularyCategory.DrugClass && term.Members.Any(drugs.Contains)))
        {
            // "Penicillin" leads its class; an allergy to one of another class is none to all of it.
            names.AddRange(group.Members.Where(member => group.Name.StartsWith(member, StringComparison.OrdinalIgnoreCase) && !resolver.Resolve(record, member, [RecordKind.Allergy]).Entries.IsEmpty));
            names.AddRange(group.Names.Where(name => record.Concepts.Entries.Any(entry => entry.Kinds.Contains(RecordKind.Allergy) && entry.Name.Contains(name.TrimEnd('s'), StringComparison.OrdinalIgnoreCase))));
        }

        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
