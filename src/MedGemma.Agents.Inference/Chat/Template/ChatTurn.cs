using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Chat.Template;

/// <summary>One turn of a conversation: texts and images of the user's or of the model's side.</summary>
/// <param name="IsModel">True for the model's own turn.</param>
/// <param name="Items">Texts and images in their order.</param>
internal sealed record ChatTurn(bool IsModel, IReadOnlyList<PromptPart> Items);
