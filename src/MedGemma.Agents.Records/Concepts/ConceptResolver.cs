using System.Runtime.CompilerServices;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>
/// Resolves words in this order: a whole code or name of the record; what the vocabulary knows by them; every word in a name; the beginning of words; near spelling.
/// The first that gives something ends the search. The names of drugs are taken only as whole words. Safe for concurrent use.
/// </summary>
/// <param name="vocabulary">What words mean.</param>
public sealed class ConceptResolver(ConceptVocabulary vocabulary) : IConceptResolver
{
    private const int ShortestPrefix = 4;

    private readonly TermMatcher _matcher = new(vocabulary);
    private readonly SpellingCorrector _corrector = new(vocabulary);
    private readonly ConditionalWeakTable<ConceptIndex, ConceptLookup> _lookups = [];

    /// <inheritdoc/>
    public ResolvedConcept Resolve(PatientRecord record, string words, IReadOnlyCollection<RecordKind> kinds) => Resolve(record.Concepts, words, kinds);

    /// <inheritdoc/>
    public bool IsSame(string words, string name) =>
        words.AsSpan().Trim().Equals(name.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase)
        || vocabulary.Find(words).Intersect(vocabulary.Find(name)).Any();

    internal ResolvedConcept Resolve(ConceptIndex index, string words, IReadOnlyCollection<RecordKind> kinds)
    {
        var lookup = _lookups.GetValue(index, static key => new ConceptLookup(key));
        var search = Search.For(lookup, vocabulary, words.Trim(), PhraseText.Tokens(words), KindFamilies.Expand(kinds));
        return Exact(search)
            ?? ByVocabulary(search)
            ?? ByPart(search)
            ?? ByWords(search)
            ?? ByBeginning(search)
            ?? BySpelling(search);
    }

    private ResolvedConcept? Exact(Search search)
    {
        var lookup = search.Lookup;
        var byCode = lookup.WithCode(search.Words).Where(search.Allows).ToHashSet();
        var byName = search.Tokens.Length == 0 ? [] : lookup.WithName(PhraseText.Key(search.Tokens)).Where(search.Allows).ToHashSet();
        if (byCode.Count + byName.Count == 0)
            return null;

        var taken = new HashSet<int>(byCode.Union(byName));
        var exact = taken.Count;
        var left = new HashSet<int>(Mentions(search));
        foreach (var term in search.WholeTerms)
        {
            var match = _matcher.Match(lookup, term);
            // One analyte has many codes: "creatinine" is every blood creatinine of the record, also when one of them is called just that.
            if (term.Category is VocabularyCategory.Laboratory or VocabularyCategory.VitalSign && taken.Any(match.Taken.Contains))
                taken.UnionWith(match.Taken.Where(id => search.Allows(id) && (lookup.Entries[id].Kinds.Any(KindFamilies.IsMeasurement) || lookup.Entries[id].Kinds is [RecordKind.Observation])));
            left.UnionWith(match.Taken.Concat(match.Left));
        }

        return ResolutionReport.Found(search, taken, left, taken.Count > exact ? "synonym" : byName.Count > 0 ? "text" : "code");
    }

    private ResolvedConcept? ByVocabulary(Search search)
    {
        var taken = new HashSet<int>();
        var left = new HashSet<int>();
        var isGroup = false;
        foreach (var term in search.Terms.Where(term => term.IsFor(search.Kinds)))
        {
            var match = _matcher.Match(search.Lookup, term);
            var own = match.Taken.Where(id => search.Allows(id, term));
            if (!search.IsWhole)
                own = own.Concat(match.Left.Where(id => search.Allows(id, term))).Where(id => Qualifiers.Agree(search.Lookup.Names(id), search.Rest, term));

            // "Family history of malignant neoplasm of breast" is no breast cancer, but it is a family history of it.
            if (search.Kinds?.Contains(RecordKind.FamilyHistory) == true)
                own = own.Concat(match.Left.Where(id => search.Allows(id, term) && search.Lookup.Entries[id].Kinds.Contains(RecordKind.FamilyHistory)));

            var ids = own.ToHashSet();
            if (Brand.Asked(term, search.Tokens) is { } brand)
                left.UnionWith(brand.RemoveOthers(search.Lookup, ids));

            var before = taken.Count;
            taken.UnionWith(ids);
            isGroup |= term.IsGroup && taken.Count > before;
            left.UnionWith(match.Left.Concat(match.Taken).Where(search.Allows));
            if (search.Kinds?.Contains(RecordKind.Allergy) == true)
                left.UnionWith(Relatives(search, term));
        }

        if (taken.Count == 0)
            return null;

        left.UnionWith(Mentions(search));
        return ResolutionReport.Found(search, taken, left, isGroup ? "class" : "synonym");
    }

    /// <summary>"Brain MRI" is every MRI whose name says brain, however the record writes MRI.</summary>
    private ResolvedConcept? ByPart(Search search)
    {
        var taken = Parts(search).Where(part => Qualifiers.Agree(search.Lookup.Names(part.Id), part.Beside, part.Term)).Select(part => part.Id).ToHashSet();
        return taken.Count == 0 ? null : ResolutionReport.Found(search, taken, [], "synonym");
    }

    /// <summary>The entries of the procedure that a known name of several words qualifies, with the words that qualify it.</summary>
    private IEnumerable<(int Id, VocabularyTerm Term, string[] Beside)> Parts(Search search)
    {
        if (search.WholeTerms.IsEmpty || !search.WholeTerms.All(term => term.Category == VocabularyCategory.Procedure) || search.Meaningful.Count < 2)
            return [];

        var (terms, rest) = vocabulary.FindWithin([.. search.Meaningful]);
        return terms.Where(term => term.Category == VocabularyCategory.Procedure && term.IsFor(search.Kinds))
            .SelectMany(term => _matcher.Match(search.Lookup, term).Taken.Where(id => search.Allows(id, term)).Select(id => (id, term, rest)));
    }

    private ResolvedConcept? ByWords(Search search)
    {
        var denied = Denied(search);
        var taken = Mentions(search).Where(id => !denied.Contains(id) && IsOfKnownKind(search, id) && !IsOnlySaltOf(search, id)).ToHashSet();
        return taken.Count == 0 ? null : ResolutionReport.Found(search, taken, denied, BeginsEach(search, taken) ? "prefix" : "text");
    }

    private ResolvedConcept? ByBeginning(Search search)
    {
        if (!search.WholeTerms.IsEmpty)
            return null;

        HashSet<int>? taken = null;
        foreach (var token in search.Meaningful)
        {
            var own = token.Length < ShortestPrefix ? [token] : search.Lookup.WordsBeginning(token).Append(token);
            var ids = own.SelectMany(word => search.Lookup.WithWords([word])).Where(id => search.Allows(id) && !search.Lookup.IsDrug(id)).ToHashSet();
            if (taken is null)
                taken = ids;
            else
                taken.IntersectWith(ids);
        }

        // "Hearin" is sooner a misspelt heparin than the beginning of "hearing aid".
        return taken is null or { Count: 0 } || _corrector.Correct(search).IsNearDrug ? null : ResolutionReport.Found(search, taken, [], "prefix");
    }

    private ResolvedConcept BySpelling(Search search)
    {
        if (!search.WholeTerms.IsEmpty)
            return Nothing(search, [], mayBeHidden: false);

        var correction = _corrector.Correct(search);
        if (correction.IsNearDrug)
            return Nothing(search, correction.NearDrugs, mayBeHidden: true);

        var taken = new HashSet<int>();
        var left = new HashSet<int>();
        var meanings = 0;
        foreach (var tokens in correction.Readings)
        {
            var corrected = Search.For(search.Lookup, vocabulary, search.Words, tokens, search.Kinds);
            var result = ByVocabularyIds(corrected, left) ?? [.. Mentions(corrected).Where(id => !search.Lookup.IsDrug(id))];
            meanings += result.Count > 0 && !result.IsSubsetOf(taken) ? 1 : 0;
            taken.UnionWith(result);
        }

        return taken.Count == 0
            ? Nothing(search, [], correction.Readings.Count > 0)
            : ResolutionReport.Found(search, taken, left, "fuzzy", meanings > 1);
    }

    private HashSet<int>? ByVocabularyIds(Search search, HashSet<int> left)
    {
        var taken = new HashSet<int>();
        foreach (var term in search.WholeTerms.Where(term => term.Category is not (VocabularyCategory.Drug or VocabularyCategory.DrugClass)))
        {
            var match = _matcher.Match(search.Lookup, term);
            taken.UnionWith(match.Taken.Where(id => search.Allows(id, term)));
            left.UnionWith(match.Left.Where(search.Allows));
        }

        return taken.Count == 0 ? null : taken;
    }

    private ResolvedConcept Nothing(Search search, IReadOnlyCollection<int> near, bool mayBeHidden)
    {
        var left = new HashSet<int>(near);
        left.UnionWith(Denied(search));
        left.UnionWith(search.Lookup.WithCode(search.Words));
        if (search.Tokens.Length > 0)
            left.UnionWith(search.Lookup.WithName(PhraseText.Key(search.Tokens)));
        left.UnionWith(search.Lookup.WithWords(search.Meaningful));
        foreach (var term in search.Terms)
        {
            var match = _matcher.Match(search.Lookup, term);
            left.UnionWith(match.Taken.Concat(match.Left));

            // Of the brand asked for there is none, but of the same drug under another brand there is.
            mayBeHidden |= Brand.Asked(term, search.Tokens) is not null && match.Taken.Any(search.Allows);
            if (search.Kinds?.Contains(RecordKind.Allergy) == true)
                left.UnionWith(Relatives(search, term));
        }

        // An MRI of which nothing says what part of the body it shows may be the one asked for.
        mayBeHidden |= Parts(search).Any(part => !BodyParts.IsNamedIn(search.Lookup.Names(part.Id)) && part.Beside.Any(BodyParts.IsOne));
        return ResolutionReport.Nothing(search, left, mayBeHidden);
    }

    /// <summary>
    /// Without a kind asked, known words are looked for where they make sense: "electrolytes" is no drug whose class has the word. Several words of a test or a procedure are sooner
    /// recorded as another kind: a pregnancy test as a procedure, red cells as what was given.
    /// </summary>
    private static bool IsOfKnownKind(Search search, int id) =>
        search.Kinds is not null || search.WholeTerms.IsEmpty || search.WholeTerms.Any(term => search.Allows(id, term))
        || (search.Meaningful.Count > 1
            && search.WholeTerms.All(term => term.Category is VocabularyCategory.Laboratory or VocabularyCategory.VitalSign or VocabularyCategory.Procedure)
            && search.Lookup.Entries[id].Kinds.Any(kind => kind is RecordKind.Procedure || KindFamilies.IsDrug(kind)));

    /// <summary>"Sodium" alone is no name of docusate sodium.</summary>
    private static bool IsOnlySaltOf(Search search, int id) =>
        search.Meaningful.All(Qualifiers.IsSalt) && search.Lookup.IsDrug(id) && !Array.Exists(search.Lookup.Names(id), name => Qualifiers.IsSalt(name[0]));

    /// <summary>Entries that mention the words as something else.</summary>
    private HashSet<int> Denied(Search search)
    {
        var denied = new HashSet<int>();
        foreach (var term in search.WholeTerms.Where(term => term.IsFor(search.Kinds)))
            denied.UnionWith(_matcher.Match(search.Lookup, term).Left.Where(search.Allows));

        return denied;
    }

    /// <summary>Drugs of the same classes, which an allergy may extend to.</summary>
    private IEnumerable<int> Relatives(Search search, VocabularyTerm term) => vocabulary.Groups(term)
        .Where(group => group.Category == VocabularyCategory.DrugClass)
        .SelectMany(group => _matcher.Match(search.Lookup, group).Taken)
        .Where(search.Allows);

    private static IEnumerable<int> Mentions(Search search) => search.Lookup.WithWords(search.Meaningful).Where(search.Allows);

    private static bool BeginsEach(Search search, HashSet<int> taken) => taken.All(id => Array.Exists(
        search.Lookup.Names(id),
        name => name.Length >= search.Tokens.Length && name.AsSpan(0, search.Tokens.Length).SequenceEqual(search.Tokens)));
}
