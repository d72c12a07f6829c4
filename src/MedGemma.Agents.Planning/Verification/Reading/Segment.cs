namespace MedGemma.Agents.Planning.Verification.Reading;

/// <summary>A part of a sentence that speaks of one fact.</summary>
/// <param name="Pieces">Its pieces, with the names carried over from the part before when it has none.</param>
/// <param name="Facts">The facts that bear out every piece of it.</param>
/// <param name="IsListed">True behind a colon, or a verb, that begins a list.</param>
internal sealed record Segment(IReadOnlyList<Piece> Pieces, IReadOnlyList<Fact> Facts, bool IsListed);
