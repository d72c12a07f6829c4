using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>What a model wrote of what was found, verified.</summary>
/// <param name="Supported">Claims that are borne out.</param>
/// <param name="Dropped">Claims that are not, after one correction.</param>
/// <param name="Failure">Why nothing was written of the coded data, or null.</param>
internal sealed record WrittenAnswer(IReadOnlyList<Claim> Supported, IReadOnlyList<Claim> Dropped, UnsureReason? Failure)
{
    /// <summary>What must be said of the notes that were to be read for it; null when none were.</summary>
    public NoteRemarks? Notes { get; init; }
}
