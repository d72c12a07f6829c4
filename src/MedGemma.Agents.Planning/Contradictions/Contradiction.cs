using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Contradictions;

/// <summary>Two sides of a record that cannot both be right; which one is, is for a person to say.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Text">Both sides in one sentence written by code.</param>
/// <param name="OneSide">Evidence of the one side.</param>
/// <param name="OtherSide">Evidence of the other side.</param>
public sealed record Contradiction(ContradictionKind Kind, string Text, IReadOnlyList<Evidence> OneSide, IReadOnlyList<Evidence> OtherSide)
{
    /// <summary>The words of the note that one side is, or null. They are a note's, not the record's.</summary>
    public string? Quote { get; init; }
}
