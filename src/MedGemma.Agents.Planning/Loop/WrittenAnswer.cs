using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>What a model wrote of what was found, verified.</summary>
/// <param name="Supported">Claims that are borne out.</param>
/// <param name="Dropped">Claims that are not, after one correction.</param>
/// <param name="Failure">Why there are none at all, or null.</param>
internal sealed record WrittenAnswer(IReadOnlyList<Claim> Supported, IReadOnlyList<Claim> Dropped, UnsureReason? Failure);
