using MedGemma.Agents.Inference.Grammars;

namespace MedGemma.Agents.Inference.Chat.Generation;

/// <summary>One sequence to generate. It ends by itself at <see cref="ControlToken.EndOfTurn"/> and <see cref="ControlToken.EndOfSequence"/>.</summary>
/// <param name="Prompt">The prompt; <see cref="ControlToken.BeginOfSequence"/> is in it where the model needs it.</param>
public sealed record GenerationRequest(IReadOnlyList<PromptPart> Prompt)
{
    /// <value>How the next token is chosen. Default: the most likely one.</value>
    public Sampling Sampling { get; init; } = Sampling.Greedy;

    /// <value>What the output must match, or null for free text. Default: null.</value>
    public Grammar? Grammar { get; init; }

    /// <value>The thinking before the output, or null when there is to be none. Default: null.</value>
    public ThinkingPhase? Thinking { get; init; }

    /// <value>
    /// Most tokens to generate, thinking not counted; null for as many as the context leaves, at most 8192, the longest output of the model card. Default: null.
    /// </value>
    public int? MaxTokens { get; init; }

    /// <value>Null for no log probabilities; otherwise how many alternatives to report beside each token's own, 0 to 20. Default: null.</value>
    public int? LogProbs { get; init; }

    /// <value>
    /// Null for no report of near ties. Otherwise they are reported when the generation has finished, greedy sampling alone, and at the places named here the token named is taken as long as it is
    /// one of those that are as good as equal: a run with those of an earlier one repeats it whatever the rounding. Empty for a first run. Default: null.
    /// </value>
    public IReadOnlyList<NearTie>? NearTies { get; init; }

    /// <value>Name of a LoRA adapter, or null for the base model. Default: null.</value>
    public string? Adapter { get; init; }

    /// <value>With whom the computed prompt may be shared. Default: nobody.</value>
    public PrefixHint Prefix { get; init; } = PrefixHint.None;

    /// <value>
    /// So many characters of the prompt's texts, counted from the start over all of them, belong to the messages that <see cref="Prefix"/> pins. Default: 0.
    /// </value>
    public int PinnedCharacters { get; init; }

    /// <value>Who waits for it. Default: a person.</value>
    public GenerationPriority Priority { get; init; } = GenerationPriority.Interactive;

    /// <value>How long it has waited elsewhere, so that a batch request does not wait all over again. Default: not at all.</value>
    public TimeSpan Waited { get; init; }

    /// <value>The instant after which nobody waits any more, or null. Default: null.</value>
    public DateTimeOffset? Deadline { get; init; }
}
