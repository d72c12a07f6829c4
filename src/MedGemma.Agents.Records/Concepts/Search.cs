using System.Collections.Frozen;
using System.Collections.Immutable;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>One resolution under way.</summary>
/// <param name="Lookup">The concepts of the record.</param>
/// <param name="Words">The words as asked.</param>
/// <param name="Tokens">The words reduced.</param>
/// <param name="Kinds">Kinds asked for with all they include; null for any.</param>
/// <param name="Terms">What the vocabulary knows the words as.</param>
internal sealed record Search(ConceptLookup Lookup, string Words, string[] Tokens, IReadOnlySet<RecordKind>? Kinds, ImmutableArray<VocabularyTerm> Terms)
{
    private static readonly FrozenSet<string> Connectives = FrozenSet.Create(
        StringComparer.Ordinal, "the", "a", "an", "of", "in", "on", "at", "by", "for", "with", "to", "and", "or", "my", "his", "her", "their", "any");

    /// <summary>The words that say something.</summary>
    public IReadOnlyCollection<string> Meaningful => field ??= Tokens.Where(token => !Connectives.Contains(token)).Distinct().ToArray();

    /// <summary>True when an entry is of a kind asked for.</summary>
    public bool Allows(int id) => Lookup.IsOfKind(id, Kinds);

    /// <summary>True when an entry is of a kind asked for or, when none was asked for, of a kind in which the term is looked for.</summary>
    public bool Allows(int id, VocabularyTerm term) => Kinds is null
        ? Lookup.Entries[id].Kinds.Any(kind => term.ExpandedKinds.Contains(kind))
        : Allows(id);
}
