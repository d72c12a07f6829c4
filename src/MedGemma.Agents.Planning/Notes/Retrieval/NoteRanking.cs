namespace MedGemma.Agents.Planning.Notes.Retrieval;

/// <summary>Passages in the order in which they are about a topic.</summary>
/// <param name="Chunks">The passages, best first; those that are not about it are left out.</param>
/// <param name="IsWhole">False when a part of the search could not be made, so that passages may be missing which it would have found.</param>
public sealed record NoteRanking(IReadOnlyList<NoteChunk> Chunks, bool IsWhole = true);
