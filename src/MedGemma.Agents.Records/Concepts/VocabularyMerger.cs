using System.Collections.Immutable;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>Joins the terms of several files.</summary>
internal static class VocabularyMerger
{
    /// <summary>Terms of the same name and category become one.</summary>
    public static ImmutableArray<VocabularyTerm> Merge(IEnumerable<VocabularyTerm> terms) =>
    [
        .. terms
            .GroupBy(term => (term.Category, Name: PhraseText.Key(term.Name)))
            .Select(group => group.Aggregate(Extend)),
    ];

    /// <summary>Every member, ingredient and near term must exist, and no group may contain itself.</summary>
    /// <exception cref="InvalidDataException">One does not; the message names the term.</exception>
    public static void CheckReferences(ImmutableArray<VocabularyTerm> terms)
    {
        var known = terms.ToLookup(term => PhraseText.Key(term.Name), StringComparer.Ordinal);
        foreach (var term in terms)
        {
            foreach (var name in term.Members.Concat(term.Ingredients).Concat(term.Near))
            {
                if (!known.Contains(PhraseText.Key(name)))
                    throw new InvalidDataException($"Vocabulary entry '{term.Name}' ({term.Category}) refers to '{name}', which is no entry's name.");
            }

            CheckCycle(term, known, []);
        }
    }

    private static void CheckCycle(VocabularyTerm term, ILookup<string, VocabularyTerm> known, ImmutableStack<VocabularyTerm> above)
    {
        if (above.Contains(term))
            throw new InvalidDataException($"Vocabulary entry '{term.Name}' ({term.Category}) contains itself.");

        foreach (var member in term.Members.SelectMany(name => known[PhraseText.Key(name)]))
            CheckCycle(member, known, above.Push(term));
    }

    private static VocabularyTerm Extend(VocabularyTerm first, VocabularyTerm second) => new()
    {
        Name = first.Name,
        Category = first.Category,
        Kinds = [.. first.Kinds.Union(second.Kinds)],
        OtherKinds = [.. first.OtherKinds.Union(second.OtherKinds)],
        Names = [.. first.Names.Union(second.Names, StringComparer.OrdinalIgnoreCase)],
        Codes = [.. first.Codes.Union(second.Codes)],
        CodePrefixes = [.. first.CodePrefixes.Union(second.CodePrefixes)],
        SomeCodePrefixes = [.. first.SomeCodePrefixes.Union(second.SomeCodePrefixes)],
        Members = [.. first.Members.Union(second.Members, StringComparer.OrdinalIgnoreCase)],
        Ingredients = [.. first.Ingredients.Union(second.Ingredients, StringComparer.OrdinalIgnoreCase)],
        Near = [.. first.Near.Union(second.Near, StringComparer.OrdinalIgnoreCase)],
        WholeNames = [.. first.WholeNames.Union(second.WholeNames, StringComparer.Ordinal)],
        Phrases = [.. first.Phrases.Concat(second.Phrases).DistinctBy(phrase => string.Join(' ', phrase))],
        Without = [.. first.Without.Concat(second.Without).DistinctBy(phrase => string.Join(' ', phrase))],
    };
}
