using System.Collections.Immutable;

namespace MedGemma.Agents.Records.Model;

/// <summary>The concepts of one record: each distinct coded thing with the names it goes by and the resources about it. Immutable.</summary>
public sealed class ConceptIndex
{
    internal ConceptIndex(ImmutableArray<ConceptEntry> entries) => Entries = entries;

    /// <summary>Every concept of the record, by name.</summary>
    public ImmutableArray<ConceptEntry> Entries { get; }
}
