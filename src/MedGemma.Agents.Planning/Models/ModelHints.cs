using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Planning.Models;

/// <summary>What a request says beyond the common options.</summary>
/// <param name="PrefixScope">Requests of the same scope may share computed prompts: an opaque text for one record, which names nobody.</param>
/// <param name="PinnedMessages">So many messages from the start are the agent's own and the same for every record.</param>
/// <param name="MaxThinkingTokens">Most tokens of thought.</param>
/// <param name="Adapter">Name of a LoRA adapter, or null.</param>
/// <param name="Deadline">The instant after which nobody waits.</param>
/// <param name="NearTies">Where rounding decided in the call that this one runs again; empty for a call of its own.</param>
public sealed record ModelHints(string PrefixScope, int PinnedMessages, int MaxThinkingTokens, string? Adapter, DateTimeOffset Deadline, IReadOnlyList<NearTie> NearTies);
