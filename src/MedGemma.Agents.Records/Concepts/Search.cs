using System.Collections.Frozen;
using System.Collections.Immutable;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>One resolution under way.</summary>
/// <param name="Lookup">The concepts of the record.</param>
/// <param name="Words">The words as asked.</param>
/// <param name="Tokens">The words reduced.</param>
/// <param name="Kinds">Kinds asked for with all they include; null for any.</param>
/// <param name="Terms">What the vocabulary knows the words as, or the longest part of them.</param>
/// <param name="Rest">The words beside that part.</param>
internal sealed record Search(
    ConceptLookup Lookup,
    string Words,
    string[] Tokens,
    IReadOnlySet<RecordKind>? Kinds,
    ImmutableArray<VocabularyTerm> Terms,
    string[] Rest)
{
    private static readonly FrozenSet<string> Connectives = FrozenSet.Create(
        StringComparer.Ordinal, "the", "a", "an", "of", "in", "on", "at", "by", "for", "with", "to", "and", "or", "my", "his", "her", "their", "any");

    /// <summary>The words that say something.</summary>
    public IReadOnlyCollection<string> Meaningful => field ??= SayingSomething(Tokens).Distinct().ToArray();

    /// <summary>True when the vocabulary knows all of the words.</summary>
    public bool IsWhole => Rest.Length == 0;

    /// <summary>What the vocabulary knows all of the words as.</summary>
    public ImmutableArray<VocabularyTerm> WholeTerms => IsWhole ? Terms : [];

    /// <summary>Looks the words up in the vocabulary.</summary>
    public static Search For(ConceptLookup lookup, ConceptVocabulary vocabulary, string words, string[] tokens, IReadOnlySet<RecordKind>? kinds)
    {
        var whole = vocabulary.Find(tokens);
        var (terms, rest) = whole.IsEmpty ? vocabulary.FindWithin([.. SayingSomething(tokens)]) : (whole, []);
        return new Search(lookup, words, tokens, kinds, terms, terms.IsEmpty ? [] : rest);
    }

    /// <summary>True when an entry is of a kind asked for.</summary>
    public bool Allows(int id) => Lookup.IsOfKind(id, Kinds);

    /// <summary>True when an entry is of a kind asked for or, when none was asked for, of a kind in which the term is looked for.</summary>
    public bool Allows(int id, VocabularyTerm term) => Kinds is null
        ? Lookup.Entries[id].Kinds.Any(kind => term.ExpandedKinds.Contains(kind))
        : Allows(id);

    private static IEnumerable<string> SayingSomething(string[] tokens) => tokens.Where(token => !Connectives.Contains(token));
}
