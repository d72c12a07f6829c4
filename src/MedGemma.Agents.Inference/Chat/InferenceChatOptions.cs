using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Grammars;

namespace MedGemma.Agents.Inference.Chat;

/// <summary>What a request may say beyond <see cref="Microsoft.Extensions.AI.ChatOptions"/>; set with <see cref="InferenceChatOptionsExtensions.WithInference"/>.</summary>
public sealed record InferenceChatOptions
{
    /// <summary>Nothing said.</summary>
    public static InferenceChatOptions Default { get; } = new();

    /// <value>A grammar for the answer, in place of a response format. Default: none.</value>
    public Grammar? Grammar { get; init; }

    /// <value>With whom the computed prompt may be shared. Default: nobody.</value>
    public PrefixHint Prefix { get; init; } = PrefixHint.None;

    /// <value>Who waits for the answer. Default: a person.</value>
    public GenerationPriority Priority { get; init; } = GenerationPriority.Interactive;

    /// <value>How long the request has waited before it was sent, as a pool says it of a batch request. Default: not at all.</value>
    public TimeSpan Waited { get; init; }

    /// <value>Name of a LoRA adapter. Default: none.</value>
    public string? Adapter { get; init; }

    /// <value>Keep the tokens that are at least this many times as likely as the most likely one, 0 to 1. Default: 0.</value>
    public float MinP { get; init; }

    /// <value>Most tokens of thought, where thinking is asked for by <c>Reasoning</c>. Default: 2000, what Google's evaluations allow.</value>
    public int MaxThinkingTokens { get; init; } = 2000;

    /// <value>Alternatives for each token's log probability, 0 to 20; null for no log probabilities. Default: null.</value>
    public int? LogProbs { get; init; }

    /// <value>
    /// Null for no report of near ties; otherwise the last update of a greedy answer says them, but for one that a stop text ends, and those of an earlier run named here are settled as they were
    /// then. Default: null.
    /// </value>
    public IReadOnlyList<NearTie>? NearTies { get; init; }

    /// <value>The instant after which nobody waits. Default: none.</value>
    public DateTimeOffset? Deadline { get; init; }
}
