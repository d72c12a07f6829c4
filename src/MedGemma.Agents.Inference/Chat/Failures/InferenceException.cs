namespace MedGemma.Agents.Inference.Chat.Failures;

/// <summary>A model has not answered. The kinds are closed: each says what a caller can do about it. Messages hold no text of prompts or answers.</summary>
public abstract class InferenceException : Exception
{
    private protected InferenceException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
