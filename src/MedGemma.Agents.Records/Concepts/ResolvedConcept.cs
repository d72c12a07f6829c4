using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>What words were resolved to.</summary>
/// <param name="Match">How it is reported.</param>
/// <param name="Entries">The concepts of the record that were taken.</param>
/// <param name="IsKnown">True when the vocabulary knows the words for the kinds asked, whether or not this record has anything for them.</param>
public sealed record ResolvedConcept(ConceptMatch Match, ImmutableArray<ConceptEntry> Entries, bool IsKnown)
{
    /// <summary>
    /// True when nothing was taken although the record may have it: the words are spelt like something else, stand only for other sorts of things, or entries of the kinds asked are bare codes that no name
    /// can be compared with. "None" is then not proved.
    /// </summary>
    public bool MayBeHidden { get; init; }
}
