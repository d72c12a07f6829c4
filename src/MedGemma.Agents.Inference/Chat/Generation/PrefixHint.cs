namespace MedGemma.Agents.Inference.Chat.Generation;

/// <summary>What the engine may do with the computed state of a prompt's beginning.</summary>
/// <param name="Scope">
/// Requests of the same scope may share it: a tenant and a patient, say, as an opaque text that names neither. Null: it is not kept.
/// </param>
/// <param name="PinnedMessages">
/// So many messages from the start are an agent's own prompt, the same for everybody, and may be shared by all scopes.
/// </param>
/// <param name="PinnedFor">Among whose requests the pinned messages are shared: a caller from outside, who could otherwise time what others' prompts begin with. Null: among those of this hospital's agents.</param>
public sealed record PrefixHint(string? Scope, int PinnedMessages = 0, string? PinnedFor = null)
{
    /// <summary>Nothing is kept and nothing is shared.</summary>
    public static PrefixHint None { get; } = new((string?)null);
}
