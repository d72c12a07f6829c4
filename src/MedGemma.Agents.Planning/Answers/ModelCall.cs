namespace MedGemma.Agents.Planning.Answers;

/// <summary>One call of a model.</summary>
/// <param name="Agent">The agent that called.</param>
/// <param name="Prompt">SHA-256 of all that the model read.</param>
/// <param name="Schema">SHA-256 of the schema that its answer had to match.</param>
/// <param name="Output">What it answered, without its thoughts; empty when it failed before that.</param>
/// <param name="Failure">Code of the <see cref="UnsureReason"/> that ended it, <see cref="Cancelled"/>, or null.</param>
/// <param name="InputTokens">Tokens read, as the server counts, or null.</param>
/// <param name="CachedTokens">Those of them that were read before, or null.</param>
/// <param name="OutputTokens">Tokens written, thoughts among them, or null.</param>
/// <param name="ThinkingTokens">Tokens of thought, or null.</param>
/// <param name="Thoughts">What it thought; null unless the debug option keeps it.</param>
/// <param name="NearTies">Where rounding decided between tokens; null where the server does not say, as of turns of earlier versions.</param>
public sealed record ModelCall(
    string Agent,
    string Prompt,
    string Schema,
    string Output,
    string? Failure,
    long? InputTokens,
    long? CachedTokens,
    long? OutputTokens,
    long? ThinkingTokens,
    string? Thoughts,
    IReadOnlyList<NearTie>? NearTies = null)
{
    /// <summary>The failure of a call that ended with its turn.</summary>
    public const string Cancelled = "cancelled";
}
