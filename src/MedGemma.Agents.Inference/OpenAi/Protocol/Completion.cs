namespace MedGemma.Agents.Inference.OpenAi.Protocol;

/// <summary>An answer (<c>chat.completion</c>), or a piece of a streamed one (<c>chat.completion.chunk</c>).</summary>
internal sealed record Completion
{
    public const string Whole = "chat.completion";
    public const string Chunk = "chat.completion.chunk";

    public string? Id { get; init; }

    public string? Object { get; init; }

    public long Created { get; init; }

    public string? Model { get; init; }

    /// <summary>What computes the answer; ours says the model's files and their hashes.</summary>
    public string? SystemFingerprint { get; init; }

    public IReadOnlyList<CompletionChoice>? Choices { get; init; }

    public CompletionUsage? Usage { get; init; }

    /// <summary>What went wrong after the stream had begun.</summary>
    public ProtocolError? Error { get; init; }
}

/// <summary>One answer; <see cref="Message"/> when whole, <see cref="Delta"/> in a chunk.</summary>
internal sealed record CompletionChoice
{
    public int Index { get; init; }

    public CompletionMessage? Message { get; init; }

    public CompletionMessage? Delta { get; init; }

    public string? FinishReason { get; init; }

    public LogProbList? Logprobs { get; init; }

    /// <summary>Extension: where rounding decided between tokens, with the finish reason, when the request asks for it.</summary>
    public IReadOnlyList<NearTieEntry>? NearTies { get; init; }
}

/// <summary>A place where tokens were as good as equal: how many were written before, which was taken, and by how much its logit led.</summary>
internal sealed record NearTieEntry(int At, int Token, float Lead = 0);

/// <summary>Tokens used.</summary>
internal sealed record CompletionUsage(long PromptTokens, long CompletionTokens, long TotalTokens, PromptDetails? PromptTokensDetails = null, CompletionDetails? CompletionTokensDetails = null);

/// <summary>Of the prompt's tokens, those computed before.</summary>
internal sealed record PromptDetails(long? CachedTokens);

/// <summary>Of the answer's tokens, those of thought.</summary>
internal sealed record CompletionDetails(long? ReasoningTokens);

/// <summary>Log probabilities of an answer's tokens.</summary>
internal sealed record LogProbList(IReadOnlyList<LogProbEntry>? Content);

/// <summary>Log probability of one token.</summary>
internal sealed record LogProbEntry(string Token, double Logprob, IReadOnlyList<int>? Bytes, IReadOnlyList<LogProbEntry>? TopLogprobs = null);
