namespace MedGemma.Agents.Inference.Chat.Generation;

/// <summary>Something that happens in a generation.</summary>
public abstract record GenerationEvent
{
    private GenerationEvent()
    {
    }

    /// <summary>The prompt has been read.</summary>
    /// <param name="PromptTokens">Tokens of the prompt, images included.</param>
    /// <param name="CachedTokens">How many of them were taken from earlier work.</param>
    public sealed record Started(int PromptTokens, int CachedTokens) : GenerationEvent;

    /// <summary>The model has written a token.</summary>
    /// <param name="Id">Its number in the vocabulary.</param>
    /// <param name="Utf8">Its bytes, which may begin or end within a character; empty for control tokens.</param>
    /// <param name="Control">Which control token it is; null for text. A control token's spelling made of ordinary tokens is text.</param>
    /// <param name="LogProb">Log probabilities, when asked for.</param>
    public sealed record Token(int Id, ReadOnlyMemory<byte> Utf8, ControlToken? Control = null, TokenLogProb? LogProb = null) : GenerationEvent;

    /// <summary>Nothing more follows.</summary>
    /// <param name="End">Why.</param>
    public sealed record Finished(GenerationEnd End) : GenerationEvent
    {
        /// <value>Where rounding decided between tokens, in order, when asked for. Default: nowhere.</value>
        public IReadOnlyList<NearTie> NearTies { get; init; } = [];
    }
}
