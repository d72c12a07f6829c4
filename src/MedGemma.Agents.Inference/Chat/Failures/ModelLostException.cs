namespace MedGemma.Agents.Inference.Chat.Failures;

/// <summary>The process, machine or connection that held the model is gone, or answered what is no answer.</summary>
/// <param name="message">What was seen, without text of prompts or answers.</param>
/// <param name="inner">The cause.</param>
public sealed class ModelLostException(string message, Exception? inner = null) : InferenceException(message, inner);
