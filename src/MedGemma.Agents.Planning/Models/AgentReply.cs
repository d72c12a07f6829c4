using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Planning.Models;

/// <summary>What came of one call of a model.</summary>
/// <param name="Text">What it wrote, thoughts left out; empty when it failed.</param>
/// <param name="Failure">Why there is nothing to use, or null.</param>
internal sealed record AgentReply(string Text, UnsureReason? Failure);
