using System.Collections.Immutable;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Topics;

/// <summary>Words of a question that name a thing.</summary>
/// <param name="Span">Its tokens.</param>
/// <param name="Words">As written.</param>
/// <param name="Entries">What it stands for in this record; empty when the words are known but the record has nothing for them.</param>
/// <param name="Verbatim">True when the words are a name or a code of the record.</param>
/// <param name="Match">How it was resolved, for reporting.</param>
/// <param name="KnownKinds">Kinds that the vocabulary gives the words, when the record has nothing for them.</param>
internal sealed record ConceptMention(
    TokenSpan Span, string Words, ImmutableArray<ConceptEntry> Entries, bool Verbatim, ConceptMatch Match, ImmutableArray<RecordKind> KnownKinds)
{
    /// <summary>What a query calls it: the words, or the names of the entries where no words but their names stand for just these.</summary>
    public IReadOnlyList<string> Names { get; init; } = [Words];

    /// <summary>A kind that it might have in what was not supplied, or null.</summary>
    public RecordKind? Supposed { get; init; }

    /// <summary>A kind of its entries that the question does not mean, or null: a drug that the patient is also allergic to.</summary>
    public RecordKind? Besides { get; init; }

    /// <summary>Every kind that one of the entries has; without entries, the kinds that the words are known for.</summary>
    public IEnumerable<RecordKind> Kinds => Supposed is { } supposed ? Found.Append(supposed) : Entries.IsEmpty ? KnownKinds : Found;

    private IEnumerable<RecordKind> Found => Entries.SelectMany(entry => entry.Kinds).Where(kind => kind != Besides).Distinct();
}
