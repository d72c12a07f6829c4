namespace MedGemma.Agents.Inference.Models;

/// <summary>The dimensions of a Gemma 3 text model, as its file gives them. All are checked: positive, and such that the engine takes them.</summary>
/// <param name="Layers">Blocks.</param>
/// <param name="Embedding">Width of the residual stream.</param>
/// <param name="FeedForward">Width inside the feed-forward part.</param>
/// <param name="Heads">Heads of queries.</param>
/// <param name="KeyValueHeads">Heads of keys and values.</param>
/// <param name="HeadDimension">Width of a head of queries, keys or values.</param>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="SlidingWindow">Tokens that a local layer sees.</param>
/// <param name="Pattern">Every so manyth layer is global, the others are local.</param>
/// <param name="ContextLength">Tokens that the model was trained on.</param>
public sealed record GemmaArchitecture(
    int Layers, int Embedding, int FeedForward, int Heads, int KeyValueHeads, int HeadDimension, int Vocabulary, int SlidingWindow, int Pattern, int ContextLength)
{
    /// <summary>How many layers see the whole context.</summary>
    public int GlobalLayers => Layers / Pattern;

    /// <summary>How many layers see the window.</summary>
    public int LocalLayers => Layers - GlobalLayers;
}
