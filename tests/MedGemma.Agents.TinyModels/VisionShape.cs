namespace MedGemma.Agents.TinyModels;

/// <summary>The dimensions of a SigLIP tower with Gemma 3's projector.</summary>
/// <param name="ImageSize">Pixels along a side.</param>
/// <param name="PatchSize">Pixels along a side of a patch.</param>
/// <param name="Pool">Patches along a side that are averaged into one soft token.</param>
/// <param name="Embedding">Width of the tower.</param>
/// <param name="FeedForward">Width inside the feed-forward part.</param>
/// <param name="Heads">Heads of attention.</param>
/// <param name="Blocks">Blocks.</param>
/// <param name="Projection">Width of the text model.</param>
public sealed record VisionShape(int ImageSize, int PatchSize, int Pool, int Embedding, int FeedForward, int Heads, int Blocks, int Projection)
{
    /// <summary>8 x 8 patches, 4 soft tokens, for <see cref="GemmaShape.Tiny"/>.</summary>
    public static VisionShape Tiny { get; } = new(32, 4, 4, 48, 96, 4, 3, 64);

    /// <summary>The tower of MedGemma 4B (SigLIP-So400m at 896).</summary>
    public static VisionShape B4 { get; } = new(896, 14, 4, 1152, 4304, 16, 27, 2560);
}
