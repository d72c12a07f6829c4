using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>What words were resolved to.</summary>
/// <param name="Match">How it is reported.</param>
/// <param name="Entries">The concepts of the record that were taken.</param>
/// <param name="IsKnown">True when the words are known to the vocabulary although this record has nothing for them, so that "none" can be proved.</param>
public sealed record ResolvedConcept(ConceptMatch Match, ImmutableArray<ConceptEntry> Entries, bool IsKnown);
