using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Tests.Loop;

/// <summary>What a scripted model was asked.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="Options">The options.</param>
/// <param name="IsPlanner">True for the planning agent, false for the writing one.</param>
/// <param name="Number">Number of the agent's request in all turns, from 1.</param>
/// <param name="CancellationToken">What it was called with.</param>
internal sealed record ScriptedRequest(IReadOnlyList<ChatMessage> Messages, ChatOptions Options, bool IsPlanner, int Number, CancellationToken CancellationToken)
{
    public string Last => Messages[^1].Text;
}
