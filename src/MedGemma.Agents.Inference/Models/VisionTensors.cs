using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Models;

/// <summary>The tensors of a vision file, as llama.cpp's converter names them.</summary>
internal static class VisionTensors
{
    private const int Alignment = 32;

    /// <summary>
    /// The tensors under their right names. llama.cpp's converter once called the first matrix of the feed-forward part <c>ffn_down</c> and the second <c>ffn_up</c>, and
    /// most files in use are of that time; the shapes tell.
    /// </summary>
    public static IReadOnlyList<GgufTensor> Named(VisionArchitecture architecture, IReadOnlyList<GgufTensor> tensors)
    {
        var swapped = tensors.Any(tensor => tensor.Name == "v.blk.0.ffn_down.weight" && tensor.Shape[0] == architecture.Embedding && tensor.Shape[1] == architecture.FeedForward)
            && architecture.Embedding != architecture.FeedForward;
        return swapped ? [.. tensors.Select(tensor => tensor with { Name = Swapped(tensor.Name) })] : tensors;
    }

    /// <summary>Checks that all tensors are there, each in its shape and in a type that is computed with.</summary>
    public static void Check(VisionArchitecture architecture, IReadOnlyList<GgufTensor> tensors)
    {
        var found = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var (name, shape) in Expected(architecture))
        {
            if (!found.TryGetValue(name, out var tensor))
                throw Damaged($"the tensor {name} is missing");
            if (!tensor.Shape.Take(shape.Length).SequenceEqual(shape) || tensor.Shape.Skip(shape.Length).Any(size => size != 1))
                throw Damaged($"the tensor {name} is {tensor.ShapeText}, not {string.Join(" x ", shape)}");
            if (tensor.Position % Alignment != 0)
                throw Damaged($"the tensor {name} does not begin at a multiple of {Alignment} bytes, as it must to be used where it lies");
            if (!IsUsed(tensor, shape))
                throw Damaged($"the tensor {name} is stored as {tensor.Type}, which is not used for it");
        }
    }

    private static string Swapped(string name) =>
        name.Contains(".ffn_down.", StringComparison.Ordinal) ? name.Replace(".ffn_down.", ".ffn_up.", StringComparison.Ordinal) : name.Replace(".ffn_up.", ".ffn_down.", StringComparison.Ordinal);

    private static Dictionary<string, long[]> Expected(VisionArchitecture architecture)
    {
        long width = architecture.Embedding;
        var expected = new Dictionary<string, long[]>(StringComparer.Ordinal)
        {
            ["v.patch_embd.weight"] = [architecture.PatchSize, architecture.PatchSize, 3, width],
            ["v.patch_embd.bias"] = [width],
            ["v.position_embd.weight"] = [width, architecture.Patches],
            ["v.post_ln.weight"] = [width],
            ["v.post_ln.bias"] = [width],
            ["mm.soft_emb_norm.weight"] = [width],
            ["mm.input_projection.weight"] = [architecture.Projection, width],
        };
        for (var block = 0; block < architecture.Blocks; block++)
        {
            foreach (var norm in new[] { "ln1", "ln2" })
                Add($"v.blk.{block}.{norm}", [width], width);
            foreach (var matrix in new[] { "attn_q", "attn_k", "attn_v", "attn_out" })
                Add($"v.blk.{block}.{matrix}", [width, width], width);
            Add($"v.blk.{block}.ffn_up", [width, architecture.FeedForward], architecture.FeedForward);
            Add($"v.blk.{block}.ffn_down", [architecture.FeedForward, width], width);
        }

        return expected;

        void Add(string name, long[] weight, long bias)
        {
            expected[name + ".weight"] = weight;
            expected[name + ".bias"] = [bias];
        }
    }

    // Norms and biases are added as they are; embeddings and projection are taken into memory; the rest stays in the file and is multiplied by.
    private static bool IsUsed(GgufTensor tensor, long[] shape) =>
        shape.Length == 1 ? tensor.Type == GgmlType.F32
        : tensor.Name is "mm.input_projection.weight" or "v.patch_embd.weight" or "v.position_embd.weight" ? tensor.Type is GgmlType.F32 or GgmlType.F16 or GgmlType.BF16
        : tensor.Type is GgmlType.F32 or GgmlType.F16 or GgmlType.BF16 or GgmlType.Q8_0 or GgmlType.Q4_0 or GgmlType.Q4_K or GgmlType.Q5_K or GgmlType.Q6_K;

    private static GgufException Damaged(string reason) => new(ModelRefusalKind.Damaged, reason);
}
