using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Models;

/// <summary>The tensors of a Gemma 3 text model, as the engine names them and expects their shapes.</summary>
internal static class GemmaTensors
{
    /// <summary>Checks that all tensors are there and no other, each in its shape and in a type that the engine computes with.</summary>
    public static void Check(GemmaArchitecture architecture, IReadOnlyList<GgufTensor> tensors)
    {
        var expected = Expected(architecture);
        var found = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var (name, shape) in expected)
        {
            if (found.TryGetValue(name, out var tensor))
                Check(tensor, shape);
            else if (name != "output.weight")
                throw Damaged($"the tensor {name} is missing");
        }

        var unknown = tensors.FirstOrDefault(tensor => !expected.ContainsKey(tensor.Name) && !IsScale(tensor, found));
        if (unknown is not null)
            throw Damaged($"the tensor {unknown.Name} is none of a Gemma 3 model of {architecture.Layers} layers");
    }

    private static void Check(GgufTensor tensor, long[] shape)
    {
        if (!tensor.Shape.Take(shape.Length).SequenceEqual(shape) || tensor.Shape.Skip(shape.Length).Any(size => size != 1))
            throw Damaged($"the tensor {tensor.Name} is {tensor.ShapeText}, not {string.Join(" x ", shape)}");
        if (shape.Length == 1 ? tensor.Type != GgmlType.F32 : !IsWeight(tensor.Type))
            throw Damaged($"the tensor {tensor.Name} is stored as {tensor.Type}, which is not used for it");
    }

    private static Dictionary<string, long[]> Expected(GemmaArchitecture architecture)
    {
        long width = architecture.Embedding;
        long queries = architecture.Heads * architecture.HeadDimension;
        long keys = architecture.KeyValueHeads * architecture.HeadDimension;
        var expected = new Dictionary<string, long[]>(StringComparer.Ordinal)
        {
            ["token_embd.weight"] = [width, architecture.Vocabulary],
            ["output_norm.weight"] = [width],
            ["output.weight"] = [width, architecture.Vocabulary],
        };
        for (var layer = 0; layer < architecture.Layers; layer++)
        {
            foreach (var norm in new[] { "attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm" })
                expected[$"blk.{layer}.{norm}.weight"] = [width];
            foreach (var norm in new[] { "attn_q_norm", "attn_k_norm" })
                expected[$"blk.{layer}.{norm}.weight"] = [architecture.HeadDimension];
            expected[$"blk.{layer}.attn_q.weight"] = [width, queries];
            expected[$"blk.{layer}.attn_k.weight"] = [width, keys];
            expected[$"blk.{layer}.attn_v.weight"] = [width, keys];
            expected[$"blk.{layer}.attn_output.weight"] = [queries, width];
            expected[$"blk.{layer}.ffn_gate.weight"] = [width, architecture.FeedForward];
            expected[$"blk.{layer}.ffn_up.weight"] = [width, architecture.FeedForward];
            expected[$"blk.{layer}.ffn_down.weight"] = [architecture.FeedForward, width];
        }

        return expected;
    }

    // NVFP4 files have one factor beside a matrix.
    private static bool IsScale(GgufTensor tensor, Dictionary<string, GgufTensor> found) =>
        tensor.Values == 1 && tensor.Type == GgmlType.F32
        && new[] { ".scale", ".input_scale" }.Any(suffix => tensor.Name.StartsWith("blk.", StringComparison.Ordinal) && tensor.Name.EndsWith(suffix, StringComparison.Ordinal)
            && found.TryGetValue(tensor.Name[..^suffix.Length] + ".weight", out var matrix) && matrix.Shape[1] > 1);

    private static bool IsWeight(GgmlType type) =>
        type is not (GgmlType.Q8_1 or GgmlType.Q8_K or GgmlType.I8 or GgmlType.I16 or GgmlType.I32 or GgmlType.I64 or GgmlType.F64);

    private static GgufException Damaged(string reason) => new(ModelRefusalKind.Damaged, reason);
}
