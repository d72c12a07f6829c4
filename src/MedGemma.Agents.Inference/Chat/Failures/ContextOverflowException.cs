using System.Globalization;

namespace MedGemma.Agents.Inference.Chat.Failures;

/// <summary>Prompt and requested output do not fit into the model's context; nothing is cut.</summary>
/// <param name="promptTokens">Tokens of the prompt.</param>
/// <param name="requestedTokens">Tokens asked for.</param>
/// <param name="contextLength">Tokens that fit.</param>
public sealed class ContextOverflowException(int promptTokens, int requestedTokens, int contextLength)
    : InferenceException(string.Create(CultureInfo.InvariantCulture, $"{promptTokens} tokens of prompt and {requestedTokens} of output do not fit into a context of {contextLength}."))
{
    /// <summary>Tokens of the prompt.</summary>
    public int PromptTokens { get; } = promptTokens;

    /// <summary>Tokens asked for.</summary>
    public int RequestedTokens { get; } = requestedTokens;

    /// <summary>Tokens that fit.</summary>
    public int ContextLength { get; } = contextLength;
}
