namespace MedGemma.Agents.Records.Concepts;

/// <summary>
/// A brand of a drug. Who asks for a brand asks for that product: Errin is not Jolivette, though both are norethindrone. The vocabulary writes brands with a capital and
/// further letters in small ("Nora-BE"), other names of the substance in small letters ("norethisterone") and abbreviations in capitals ("APAP").
/// </summary>
internal sealed class Brand
{
    private readonly VocabularyTerm _drug;
    private readonly string[] _name;

    private Brand(VocabularyTerm drug, string[] name) => (_drug, _name) = (drug, name);

    /// <summary>The brand of a drug that stands in the words asked for, or null when they name the substance.</summary>
    /// <param name="drug">What the vocabulary knows the words as.</param>
    /// <param name="words">The words, reduced.</param>
    public static Brand? Asked(VocabularyTerm drug, string[] words)
    {
        if (drug.Category != VocabularyCategory.Drug)
            return null;

        return NamesOf(drug).FirstOrDefault(name => TokenRun.Contains(words, name)) is { } brand ? new Brand(drug, brand) : null;
    }

    /// <summary>Keeps the products of this brand; without any, those that name no brand, as they may be it.</summary>
    /// <param name="lookup">The concepts of the record.</param>
    /// <param name="ids">Entries of the drug; what is another product leaves.</param>
    /// <returns>What left.</returns>
    public IReadOnlyCollection<int> RemoveOthers(ConceptLookup lookup, HashSet<int> ids)
    {
        var others = ids.Where(id => !Says(lookup, id, _name)).ToHashSet();
        if (others.Count == ids.Count)
            others.RemoveWhere(id => !NamesOf(_drug).Any(brand => Says(lookup, id, brand)));

        ids.ExceptWith(others);
        return others;
    }

    private static bool Says(ConceptLookup lookup, int id, string[] brand) => Array.Exists(lookup.Names(id), name => TokenRun.Contains(name, brand));

    private static IEnumerable<string[]> NamesOf(VocabularyTerm drug) => drug.Names.Where(name => IsBrand(name, drug)).Select(PhraseText.Tokens);

    // "Cipro" and "Nicotine Patch" are the substance, "KCl" is its formula.
    private static bool IsBrand(string name, VocabularyTerm drug) =>
        char.IsUpper(name[0]) && name.Count(char.IsLower) > 1
        && !drug.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase) && !name.StartsWith(drug.Name, StringComparison.OrdinalIgnoreCase);
}
