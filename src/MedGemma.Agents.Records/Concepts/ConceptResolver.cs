using System.Collections.Immutable;
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

    internal ResolvedConcept Resolve(ConceptIndex index, string words, IReadOnlyCollection<RecordKind> kinds)
    {
        var lookup = _lookups.GetValue(index, static key => new ConceptLookup(key));
        var search = new Search(lookup, words.Trim(), PhraseText.Tokens(words), KindFamilies.Expand(kinds), vocabulary.Find(words));
        return Exact(search)
            ?? ByVocabulary(search)
            ?? ByWords(search)
            ?? ByBeginning(search)
            ?? BySpelling(search)
            ?? Nothing(search, []);
    }

    private ResolvedConcept? Exact(Search search)
    {
        var lookup = search.Lookup;
        var byCode = lookup.WithCode(search.Words).Where(search.Allows).ToHashSet();
        var byName = search.Tokens.Length == 0 ? [] : lookup.WithName(PhraseText.Key(search.Tokens)).Where(search.Allows).ToHashSet();
        if (byCode.Count + byName.Count == 0)
            return null;

        var taken = new HashSet<int>(byCode.Union(byName));
        var left = new HashSet<int>(Mentions(search));
        foreach (var term in search.Terms)
        {
            var match = _matcher.Match(lookup, term);
            // One analyte has many codes: "creatinine" is every blood creatinine of the record, also when one of them is called just that.
            if (term.Category is VocabularyCategory.Laboratory or VocabularyCategory.VitalSign && taken.Any(match.Taken.Contains))
                taken.UnionWith(match.Taken.Where(id => search.Allows(id) && lookup.Entries[id].Kinds.Any(KindFamilies.IsMeasurement)));
            left.UnionWith(match.Taken.Concat(match.Left));
        }

        return Found(search, taken, left, byName.Count > 0 ? "text" : "code");
    }

    private ResolvedConcept? ByVocabulary(Search search)
    {
        var (terms, rest) = search.Terms.IsEmpty ? vocabulary.FindWithin([.. search.Meaningful]) : (search.Terms, []);
        if (terms.IsEmpty)
            return null;

        var taken = new HashSet<int>();
        var left = new HashSet<int>();
        var isGroup = false;
        foreach (var term in terms)
        {
            var match = _matcher.Match(search.Lookup, term);
            var own = match.Taken.Where(id => search.Allows(id, term));
            if (rest.Length > 0)
                own = own.Concat(match.Left.Where(id => search.Allows(id, term))).Where(id => DrugQualifiers.Agree(search.Lookup.Names(id), rest, term));

            var before = taken.Count;
            taken.UnionWith(own);
            isGroup |= term.IsGroup && taken.Count > before;
            left.UnionWith(match.Left.Concat(match.Taken).Where(search.Allows));
            if (search.Kinds?.Contains(RecordKind.Allergy) == true)
                left.UnionWith(Relatives(search, term));
        }

        if (taken.Count == 0)
            return null;

        left.UnionWith(Mentions(search));
        return Found(search, taken, left, isGroup ? "class" : "synonym");
    }

    private ResolvedConcept? ByWords(Search search)
    {
        var denied = Denied(search);
        var taken = Mentions(search).Where(id => !denied.Contains(id)).ToHashSet();
        return taken.Count == 0 ? null : Found(search, taken, denied, BeginsEach(search, taken) ? "prefix" : "text");
    }

    private static ResolvedConcept? ByBeginning(Search search)
    {
        if (!search.Terms.IsEmpty)
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

        return taken is null or { Count: 0 } ? null : Found(search, taken, [], "prefix");
    }

    private ResolvedConcept? BySpelling(Search search)
    {
        if (!search.Terms.IsEmpty)
            return null;

        var correction = _corrector.Correct(search);
        if (correction.IsNearDrug)
            return Nothing(search, correction.NearDrugs);

        var taken = new HashSet<int>();
        var left = new HashSet<int>();
        var meanings = 0;
        foreach (var tokens in correction.Readings)
        {
            var corrected = search with { Tokens = tokens, Terms = vocabulary.Find(tokens) };
            var result = ByVocabularyIds(corrected, left) ?? [.. Mentions(corrected).Where(id => !search.Lookup.IsDrug(id))];
            meanings += result.Count > 0 && !result.IsSubsetOf(taken) ? 1 : 0;
            taken.UnionWith(result);
        }

        if (taken.Count == 0)
            return null;

        var found = Found(search, taken, left, "fuzzy");
        return meanings > 1 ? found with { Match = found.Match with { Ambiguous = true } } : found;
    }

    private HashSet<int>? ByVocabularyIds(Search search, HashSet<int> left)
    {
        var taken = new HashSet<int>();
        foreach (var term in search.Terms.Where(term => term.Category is not (VocabularyCategory.Drug or VocabularyCategory.DrugClass)))
        {
            var match = _matcher.Match(search.Lookup, term);
            taken.UnionWith(match.Taken.Where(id => search.Allows(id, term)));
            left.UnionWith(match.Left.Where(search.Allows));
        }

        return taken.Count == 0 ? null : taken;
    }

    private ResolvedConcept Nothing(Search search, IReadOnlyCollection<int> near)
    {
        var left = new HashSet<int>(near);
        left.UnionWith(Denied(search));
        var anywhere = search with { Kinds = null };
        left.UnionWith(search.Lookup.WithCode(search.Words));
        if (search.Tokens.Length > 0)
            left.UnionWith(search.Lookup.WithName(PhraseText.Key(search.Tokens)));
        left.UnionWith(Mentions(anywhere));
        foreach (var term in search.Terms)
        {
            var match = _matcher.Match(search.Lookup, term);
            left.UnionWith(match.Taken.Concat(match.Left));
            if (search.Kinds?.Contains(RecordKind.Allergy) == true)
                left.UnionWith(Relatives(search, term));
        }

        return new ResolvedConcept(
            new ConceptMatch(search.Words, [], Describe(search.Lookup, left), "none", false),
            [],
            near.Count == 0 && IsProvable(search));
    }

    /// <summary>Absence can be proved when the words are known for the kinds asked and no entry of these kinds hides behind a bare code.</summary>
    private static bool IsProvable(Search search)
    {
        var known = search.Terms.Where(term => search.Kinds is null || term.Kinds.Concat(term.OtherKinds).Any(search.Kinds.Contains)).ToList();
        if (known.Count == 0)
            return false;

        var families = known.SelectMany(term => term.CodePrefixes).Select(prefix => prefix.System).ToHashSet(StringComparer.Ordinal);
        for (var id = 0; id < search.Lookup.Entries.Length; id++)
        {
            if (search.Lookup.IsReadable(id) || !known.Exists(term => search.Allows(id, term)))
                continue;

            if (!search.Lookup.Entries[id].Codings.Any(coding => CodeSystems.Family(coding.System) is { } family && families.Contains(family)))
                return false;
        }

        return true;
    }

    /// <summary>Entries that mention the words as something else.</summary>
    private HashSet<int> Denied(Search search)
    {
        var denied = new HashSet<int>();
        foreach (var term in search.Terms)
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

    private static ResolvedConcept Found(Search search, HashSet<int> taken, HashSet<int> left, string how)
    {
        left.ExceptWith(taken);
        left.RemoveWhere(id => !search.Allows(id));
        var entries = taken.Order().Select(id => search.Lookup.Entries[id]).ToImmutableArray();
        var families = entries
            .SelectMany(entry => entry.Kinds)
            .Where(kind => search.Kinds is null || search.Kinds.Contains(kind))
            .Select(KindFamilies.Family)
            .OfType<string>()
            .Distinct()
            .Count();
        return new ResolvedConcept(
            new ConceptMatch(search.Words, Describe(search.Lookup, taken), Describe(search.Lookup, left), how, families > 1),
            entries,
            true);
    }

    private static string[] Describe(ConceptLookup lookup, IReadOnlyCollection<int> ids) =>
    [
        .. ids.Order().Select(id => lookup.Entries[id]).Select(entry =>
        {
            var code = entry.Codings.Select(coding => coding.Code).FirstOrDefault(code => !string.IsNullOrEmpty(code));
            return code is null || code == entry.Name ? entry.Name : $"{entry.Name} ({code})";
        }).Distinct(StringComparer.Ordinal),
    ];
}
