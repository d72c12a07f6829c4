using System.Collections.Immutable;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>Puts what a search took and left into words, and says whether "nothing" is certain.</summary>
internal static class ResolutionReport
{
    /// <summary>Something was taken.</summary>
    public static ResolvedConcept Found(Search search, HashSet<int> taken, HashSet<int> left, string how, bool severalMeanings = false)
    {
        left.ExceptWith(taken);
        left.RemoveWhere(id => !search.Allows(id));
        return new ResolvedConcept(
            new ConceptMatch(search.Words, Describe(search.Lookup, taken), Describe(search.Lookup, left), how, severalMeanings || AreDifferentSorts(search, taken)),
            [.. taken.Order().Select(id => search.Lookup.Entries[id])],
            true);
    }

    /// <summary>Nothing was taken.</summary>
    public static ResolvedConcept Nothing(Search search, IReadOnlyCollection<int> left, bool mayBeHidden)
    {
        // "Warfarin sodium" is warfarin; "creatinine and sodium" is no creatinine.
        var known = search.IsWhole ? search.Terms.Where(term => term.IsFor(search.Kinds)).ToImmutableArray()
            : search.Rest.All(Qualifiers.IsSalt) ? search.Terms.Where(term => term.Category == VocabularyCategory.Drug && term.IsFor(search.Kinds)).ToImmutableArray()
            : [];
        return new ResolvedConcept(new ConceptMatch(search.Words, [], Describe(search.Lookup, left), "none", false), [], !known.IsEmpty)
        {
            MayBeHidden = mayBeHidden || IsMeasuredAsProcedure(search, left) || (known.IsEmpty && IsAnotherSort(search, left)) || HidesBehindCodes(search, known),
        };
    }

    /// <summary>True when no one sort of thing (drug, measurement, condition...) covers everything taken.</summary>
    private static bool AreDifferentSorts(Search search, HashSet<int> taken)
    {
        HashSet<string>? common = null;
        foreach (var id in taken)
        {
            var kinds = search.Lookup.Entries[id].Kinds.Where(kind => search.Kinds is null || search.Kinds.Contains(kind));
            var families = KindFamilies.Of(kinds);
            if (common is null)
                common = families;
            else
                common.IntersectWith(families);
        }

        return common is { Count: 0 };
    }

    /// <summary>True when the record has the words, but only for sorts of things that were not asked for, so that the question was probably read wrongly.</summary>
    private static bool IsAnotherSort(Search search, IReadOnlyCollection<int> left)
    {
        if (search.Kinds is null || left.Count == 0)
            return false;

        var asked = KindFamilies.Of(search.Kinds);
        return left.All(id => !asked.Overlaps(KindFamilies.Of(search.Lookup.Entries[id].Kinds)));
    }

    /// <summary>True when what was asked for as a measurement stands in the record word for word as a procedure: "standard pregnancy test".</summary>
    private static bool IsMeasuredAsProcedure(Search search, IReadOnlyCollection<int> left) =>
        search.Kinds is not null && search.Tokens.Length > 1 && KindFamilies.Of(search.Kinds).Contains("measurement")
        && left.Any(id => search.Lookup.Entries[id].Kinds.Any(kind => kind is RecordKind.Procedure or RecordKind.ServiceRequest)
            && Array.Exists(search.Lookup.Names(id), name => TokenRun.Contains(name, search.Tokens)));

    /// <summary>True when an entry of the kinds asked is a bare code that may stand for the words. An identifier can only be a code, and was compared with every one.</summary>
    private static bool HidesBehindCodes(Search search, ImmutableArray<VocabularyTerm> known)
    {
        if (known.IsEmpty && IsIdentifier(search.Words))
            return false;

        var decided = known.SelectMany(term => term.CodePrefixes).Select(prefix => prefix.System!).ToHashSet(StringComparer.Ordinal);
        foreach (var id in search.Lookup.Unreadable)
        {
            if (known.IsEmpty ? !search.Allows(id) : !known.Any(term => search.Allows(id, term)))
                continue;

            // Code prefixes list all of a hierarchical system, so that its codes need no name.
            if (!search.Lookup.Entries[id].Codings.Any(coding => CodeSystems.Family(coding.System) is { } family && decided.Contains(family)))
                return true;
        }

        return false;
    }

    private static bool IsIdentifier(string words) =>
        words.Length >= 3 && !words.Contains(' ', StringComparison.Ordinal) && !words.Any(char.IsAsciiLetterLower) && words.Any(char.IsAsciiLetterOrDigit);

    private static string[] Describe(ConceptLookup lookup, IReadOnlyCollection<int> ids) =>
    [
        .. ids.Order().Select(id =>
        {
            var name = lookup.DisplayName(id);
            var code = lookup.Entries[id].Codings.Select(coding => coding.Code).FirstOrDefault(code => !string.IsNullOrEmpty(code));
            return code is null || code == name ? name : $"{name} ({code})";
        }).Distinct(StringComparer.Ordinal),
    ];
}
