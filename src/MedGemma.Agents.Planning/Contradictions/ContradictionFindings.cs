namespace MedGemma.Agents.Planning.Contradictions;

/// <summary>What looking for contradictions gave.</summary>
/// <param name="Found">The contradictions.</param>
/// <param name="NotChecked">Kinds that were not looked for, or not to the end: that none is shown says nothing of them.</param>
public sealed record ContradictionFindings(IReadOnlyList<Contradiction> Found, IReadOnlyList<ContradictionKind> NotChecked);
