namespace MedGemma.Agents.TinyModels;

/// <summary>The dimensions of a Gemma 3 text model. The tall ones are from the Gemma 3 report, table 1, and the models' published configurations.</summary>
/// <param name="Layers">Blocks. 62 also changes the scale of attention, as in the 27B.</param>
/// <param name="Embedding">Width of the residual stream.</param>
/// <param name="FeedForward">Width inside the feed-forward part.</param>
/// <param name="Heads">Heads of queries.</param>
/// <param name="KeyValueHeads">Heads of keys and values.</param>
/// <param name="HeadDimension">Width of a head.</param>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="SlidingWindow">Tokens that a local layer sees.</param>
/// <param name="Pattern">Every so manyth layer is global, the others are local.</param>
/// <param name="ContextLength">Tokens that the model was trained on.</param>
/// <param name="RopeScale">Linear scale of the positions of global layers.</param>
public sealed record GemmaShape(
    int Layers, int Embedding, int FeedForward, int Heads, int KeyValueHeads, int HeadDimension, int Vocabulary, int SlidingWindow, int Pattern, int ContextLength, float RopeScale)
{
    /// <summary>Four layers, local, global, local, global; 1.3 MB in 32-bit floating point.</summary>
    public static GemmaShape Tiny { get; } = new(4, 64, 128, 4, 2, 32, 768, 64, 2, 8192, 1);

    /// <summary>Gemma 3 270M.</summary>
    public static GemmaShape M270 { get; } = new(18, 640, 2048, 4, 1, 256, 262_144, 512, 6, 32_768, 1);

    /// <summary>Gemma 3 1B.</summary>
    public static GemmaShape B1 { get; } = new(26, 1152, 6912, 4, 1, 256, 262_144, 512, 6, 32_768, 1);

    /// <summary>The text model of MedGemma 4B.</summary>
    public static GemmaShape B4 { get; } = new(34, 2560, 10_240, 8, 4, 256, 262_208, 1024, 6, 131_072, 8);

    /// <summary>MedGemma 27B.</summary>
    public static GemmaShape B27 { get; } = new(62, 5376, 21_504, 32, 16, 128, 262_208, 1024, 6, 131_072, 8);
}
