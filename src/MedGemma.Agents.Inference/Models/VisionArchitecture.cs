namespace MedGemma.Agents.Inference.Models;

/// <summary>The dimensions of a SigLIP tower with the projector of Gemma 3, as its file gives them.</summary>
/// <param name="ImageSize">Pixels along each side of an image.</param>
/// <param name="PatchSize">Pixels along each side of a patch.</param>
/// <param name="Pool">Patches along each side that are averaged into one soft token.</param>
/// <param name="Embedding">Width of the tower.</param>
/// <param name="FeedForward">Width inside the feed-forward part.</param>
/// <param name="Heads">Heads of attention.</param>
/// <param name="Blocks">Blocks.</param>
/// <param name="Projection">Width of the text model.</param>
/// <param name="Epsilon">What the norms add to a variance.</param>
public sealed record VisionArchitecture(int ImageSize, int PatchSize, int Pool, int Embedding, int FeedForward, int Heads, int Blocks, int Projection, float Epsilon)
{
    /// <summary>Patches along each side.</summary>
    public int PatchesPerSide => ImageSize / PatchSize;

    /// <summary>Patches of an image.</summary>
    public int Patches => PatchesPerSide * PatchesPerSide;

    /// <summary>Soft tokens that an image becomes.</summary>
    public int Tokens => Patches / Pool / Pool;
}
