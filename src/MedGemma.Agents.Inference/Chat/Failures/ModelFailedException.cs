namespace MedGemma.Agents.Inference.Chat.Failures;

/// <summary>The server answered this one request with an error of its own. It lives: other requests, and this one elsewhere, may succeed.</summary>
/// <param name="message">What was seen, without text of prompts or answers.</param>
public sealed class ModelFailedException(string message) : InferenceException(message);
