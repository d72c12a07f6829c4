namespace MedGemma.Agents.Inference.Engine.Prompts;

/// <summary>An image in a prompt.</summary>
/// <param name="Start">Its first position.</param>
/// <param name="Length">Its soft tokens.</param>
/// <param name="Embeddings">What stands in their place, row after row.</param>
internal sealed record PromptImage(int Start, int Length, ReadOnlyMemory<float> Embeddings)
{
    /// <summary>The position after it.</summary>
    public int End => Start + Length;
}
