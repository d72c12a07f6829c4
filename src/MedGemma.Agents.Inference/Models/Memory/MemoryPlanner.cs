using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Models.Memory;

/// <summary>
/// Computes what a model costs before it is loaded. The sizes of caches are those of llama.cpp's <c>llama_kv_cache_iswa</c> with one cache for all sequences; the sizes of
/// buffers are an upper estimate of what its graph of Gemma 3 holds at its two widest places. Both are checked in the tests against the engine's own log.
/// </summary>
public static class MemoryPlanner
{
    private const int CellPadding = 256;
    private const int Float = sizeof(float);
    private const int Half = Float / 2;

    /// <summary>Makes the plan.</summary>
    /// <param name="model">The text model.</param>
    /// <param name="options">How it is to be run.</param>
    /// <param name="vision">Its vision file, or null.</param>
    public static MemoryPlan Plan(TextModelFile model, MemoryPlanOptions options, VisionFile? vision = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var shape = model.Architecture;
        var cells = Padded(options.Cells);
        var local = options.FullWindow ? cells : Padded(Math.Min(cells, ((long)shape.SlidingWindow * options.Sequences) + options.MicroBatch));
        var type = options.QuantizedCache ? GgmlType.Q8_0 : GgmlType.F16;
        var cell = 2 * GgmlTypes.RowBytes(type, shape.KeyValueHeads * shape.HeadDimension);
        return new(
            options,
            model.WeightBytes,
            model.Tensors["token_embd.weight"].Bytes,
            cell * shape.GlobalLayers * cells,
            cell * shape.LocalLayers * local,
            Compute(shape, options.MicroBatch, cells, local),
            (long)options.Sequences * shape.Vocabulary * Float,
            options.FullWindow ? 0 : cell * shape.LocalLayers * Math.Min(shape.SlidingWindow, local),
            vision is null ? 0 : vision.WeightBytes + VisionCompute(vision.Architecture));
    }

    // Widest are the logits of all tokens beside the stream of the last norm, or a layer: masks, the stream and the feed-forward part. Tensors do not fill the gaps that
    // others leave, which costs up to a tenth.
    private static long Compute(GemmaArchitecture shape, long tokens, long cells, long local)
    {
        var logits = tokens * ((3L * shape.Embedding) + shape.Vocabulary) * Float;
        var masks = tokens * (cells + local) * Half;
        var layer = tokens * ((2L * shape.Embedding) + (2L * shape.FeedForward)) * Float;
        return Math.Max(logits, masks + layer) * 11 / 10;
    }

    // The scores of as many heads as the tower takes at once, the stream, and the feed-forward part.
    private static long VisionCompute(VisionArchitecture shape)
    {
        long patches = shape.Patches;
        var scores = Math.Min(Math.Max(Vision.TowerGraph.MostScoreBytes, patches * patches * Float), shape.Heads * patches * patches * Float);
        return (2 * scores) + (patches * ((6L * shape.Embedding) + (2L * shape.FeedForward)) * Float);
    }

    private static long Padded(long cells) => (cells + CellPadding - 1) / CellPadding * CellPadding;
}
