using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>Finds the entries of a record that a vocabulary term stands for. Safe for concurrent use.</summary>
/// <param name="vocabulary">The vocabulary.</param>
internal sealed class TermMatcher(ConceptVocabulary vocabulary)
{
    // Before the name of a disease these say that the patient does not have it, or not now.
    private static readonly string[][] Negations =
    [
        .. new[]
        {
            "family history", "personal history", "history of", "hx of", "screening", "risk", "rule out", "r/o", "suspected", "possible", "without", "no", "not", "negative for", "absence of", "exposure to",
            "contact with", "vaccination", "immunization", "prophylactic", "need for", "allergy to", "poisoning by", "adverse effect", "underdosing", "fear of", "counseling",
        }.Select(PhraseText.Tokens),
    ];

    /// <summary>What a term matches, remembered in the lookup.</summary>
    public TermMatch Match(ConceptLookup lookup, VocabularyTerm term) => lookup.Matches.GetOrAdd(term, static (key, state) => state.Matcher.Find(state.Lookup, key), (Matcher: this, Lookup: lookup));

    private TermMatch Find(ConceptLookup lookup, VocabularyTerm term)
    {
        var taken = new HashSet<int>();
        var left = new HashSet<int>();
        MatchOwn(lookup, term, taken, left);
        foreach (var member in vocabulary.Members(term))
        {
            var match = Match(lookup, member);
            taken.UnionWith(match.Taken.Where(id => !IsException(lookup, id, term)));
            left.UnionWith(match.Left.Concat(match.Taken));
        }

        foreach (var combination in vocabulary.Combinations(term))
            MatchPhrases(lookup, combination, term, taken, left);

        if (!term.Ingredients.IsEmpty)
            MatchIngredients(lookup, term, taken);

        foreach (var near in vocabulary.Near(term))
            left.UnionWith(Match(lookup, near).Taken);

        // Sodium of the laboratory is no docusate sodium: what is of other kinds is not even near.
        taken.RemoveWhere(id => !term.CanBe(lookup.Entries[id].Kinds));
        left.RemoveWhere(id => taken.Contains(id) || !term.CanBe(lookup.Entries[id].Kinds));
        return new TermMatch(taken, left);
    }

    private void MatchOwn(ConceptLookup lookup, VocabularyTerm term, HashSet<int> taken, HashSet<int> left)
    {
        foreach (var code in term.Codes)
            taken.UnionWith(lookup.WithCode(code.System!, code.Code!));
        foreach (var prefix in term.CodePrefixes.Concat(term.SomeCodePrefixes))
            taken.UnionWith(lookup.WithCodePrefix(prefix.System!, prefix.Code!).Where(id => !IsException(lookup, id, term)));
        foreach (var name in term.WholeNames)
            taken.UnionWith(lookup.WithName(name).Where(id => !IsClaimed(lookup, id, term)));

        MatchPhrases(lookup, term, term, taken, left);
    }

    private void MatchPhrases(ConceptLookup lookup, VocabularyTerm named, VocabularyTerm asked, HashSet<int> taken, HashSet<int> left)
    {
        foreach (var phrase in named.Phrases)
        {
            foreach (var id in lookup.WithRun(phrase))
            {
                if (taken.Contains(id))
                    continue;

                if (IsException(lookup, id, asked) || IsNegated(lookup, id, phrase) || IsClaimed(lookup, id, asked))
                    left.Add(id);
                else
                    taken.Add(id);
            }
        }
    }

    /// <summary>A product that names every ingredient is the combination.</summary>
    private void MatchIngredients(ConceptLookup lookup, VocabularyTerm term, HashSet<int> taken)
    {
        HashSet<int>? all = null;
        foreach (var ingredient in vocabulary.Ingredients(term))
        {
            var own = new HashSet<int>();
            foreach (var phrase in ingredient.Phrases)
                own.UnionWith(lookup.WithRun(phrase));
            if (all is null)
                all = own;
            else
                all.IntersectWith(own);
        }

        if (all is not null)
            taken.UnionWith(all);
    }

    private static bool IsException(ConceptLookup lookup, int id, VocabularyTerm term)
    {
        foreach (var exception in term.Without)
        {
            foreach (var name in lookup.Names(id))
            {
                if (TokenRun.Contains(name, exception))
                    return true;
            }
        }

        return false;
    }

    /// <summary>True when a negation stands before the phrase in a name of a condition.</summary>
    private static bool IsNegated(ConceptLookup lookup, int id, string[] phrase)
    {
        if (!lookup.Entries[id].Kinds.Contains(RecordKind.Condition))
            return false;

        foreach (var name in lookup.Names(id))
        {
            var at = TokenRun.IndexOf(name, phrase);
            if (at < 0)
                continue;

            foreach (var negation in Negations)
            {
                if (TokenRun.Contains(name.AsSpan(0, at), negation))
                    return true;
            }
        }

        return false;
    }

    /// <summary>A LOINC code that the vocabulary lists for other things only says what the entry is better than its name does.</summary>
    private bool IsClaimed(ConceptLookup lookup, int id, VocabularyTerm term)
    {
        var claimed = false;
        foreach (var coding in lookup.Entries[id].Codings)
        {
            if (coding.Code is null || CodeSystems.Family(coding.System) != CodeSystems.Loinc)
                continue;

            var owners = vocabulary.OfLoinc(CodeSystems.Normalize(CodeSystems.Loinc, coding.Code));
            if (owners.Contains(term))
                return false;

            claimed |= !owners.IsEmpty;
        }

        return claimed;
    }
}
