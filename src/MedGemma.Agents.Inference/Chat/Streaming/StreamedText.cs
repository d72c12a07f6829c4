namespace MedGemma.Agents.Inference.Chat.Streaming;

/// <summary>A piece of a model's output.</summary>
/// <param name="IsThought">True for thinking, false for the answer.</param>
/// <param name="Text">The piece; not empty.</param>
internal readonly record struct StreamedText(bool IsThought, string Text);
