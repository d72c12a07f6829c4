namespace MedGemma.Agents.Inference.Engine.Prompts;

/// <summary>A prompt in the engine's terms.</summary>
/// <param name="Tokens">Token numbers; within an image, negative numbers made of its content, so that equal prompts have equal numbers and others do not.</param>
/// <param name="Images">The images in their order.</param>
/// <param name="PinnedLength">So many tokens from the start belong to the pinned messages.</param>
internal sealed record Prompt(int[] Tokens, IReadOnlyList<PromptImage> Images, int PinnedLength)
{
    /// <summary>The image that holds a position; null for text.</summary>
    public PromptImage? ImageAt(int position) => Images.FirstOrDefault(image => position >= image.Start && position < image.End);

    /// <summary>The largest length, not above <paramref name="length"/>, that cuts no image.</summary>
    public int CutLength(int length) => Images.FirstOrDefault(image => length > image.Start && length < image.End)?.Start ?? length;
}
