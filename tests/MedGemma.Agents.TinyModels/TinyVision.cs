using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.TinyModels;

/// <summary>Makes vision files (<c>mmproj</c>) with random weights: a SigLIP tower and Gemma 3's projector.</summary>
public static class TinyVision
{
    /// <summary>Makes a vision file yet to be written.</summary>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="type">How matrices are stored: F32 or F16.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="holes">Whether values are left out.</param>
    public static GgufFile Create(VisionShape shape, GgmlType type = GgmlType.F32, int seed = 11, bool holes = false)
    {
        var random = new SeededValues(seed);
        var file = new GgufFile()
            .Set("general.architecture", "clip")
            .Set("general.type", "mmproj")
            .Set("general.file_type", type == GgmlType.F32 ? 0u : 1u)
            .Set("clip.has_vision_encoder", true)
            .Set("clip.projector_type", "gemma3")
            .Set("clip.use_gelu", true)
            .Set("clip.vision.image_size", (uint)shape.ImageSize)
            .Set("clip.vision.patch_size", (uint)shape.PatchSize)
            .Set("clip.vision.embedding_length", (uint)shape.Embedding)
            .Set("clip.vision.feed_forward_length", (uint)shape.FeedForward)
            .Set("clip.vision.block_count", (uint)shape.Blocks)
            .Set("clip.vision.projection_dim", (uint)shape.Projection)
            .Set("clip.vision.attention.head_count", (uint)shape.Heads)
            .Set("clip.vision.attention.layer_norm_epsilon", 1e-6f)
            .Set("clip.vision.image_mean", [0.5f, 0.5f, 0.5f])
            .Set("clip.vision.image_std", [0.5f, 0.5f, 0.5f]);
        if (shape.Pool != 4)
            file.Set("clip.vision.projector.scale_factor", (uint)shape.Pool);

        var patches = shape.ImageSize / shape.PatchSize;
        Matrix("mm.input_projection.weight", GgmlType.F32, [shape.Projection, shape.Embedding], shape.Embedding);
        Vector("mm.soft_emb_norm.weight", shape.Embedding, 1);
        Matrix("v.patch_embd.weight", type, [shape.PatchSize, shape.PatchSize, 3, shape.Embedding], 3 * shape.PatchSize * shape.PatchSize);
        Vector("v.patch_embd.bias", shape.Embedding, 0);
        Matrix("v.position_embd.weight", GgmlType.F32, [shape.Embedding, patches * patches], 1);
        for (var block = 0; block < shape.Blocks; block++)
            Block($"v.blk.{block}.");
        Pair("v.post_ln", shape.Embedding);
        return file;

        void Block(string prefix)
        {
            Pair(prefix + "ln1", shape.Embedding);
            Pair(prefix + "ln2", shape.Embedding);
            foreach (var name in new[] { "attn_q", "attn_k", "attn_v", "attn_out" })
                Linear(prefix + name, shape.Embedding, shape.Embedding);
            Linear(prefix + "ffn_up", shape.Embedding, shape.FeedForward);
            Linear(prefix + "ffn_down", shape.FeedForward, shape.Embedding);
        }

        void Pair(string name, long width)
        {
            Vector(name + ".weight", width, 1);
            Vector(name + ".bias", width, 0);
        }

        void Linear(string name, long inputs, long outputs)
        {
            Matrix(name + ".weight", type, [inputs, outputs], inputs);
            Vector(name + ".bias", outputs, 0);
        }

        void Matrix(string name, GgmlType stored, long[] dimensions, float fanIn) => Add(name, stored, dimensions, random.About(name, 1 / MathF.Sqrt(fanIn)));

        void Vector(string name, long width, float middle)
        {
            var noise = random.About(name, 0.1f);
            Add(name, GgmlType.F32, [width], (row, values) =>
            {
                noise(row, values);
                foreach (ref var value in values)
                    value += middle;
            });
        }

        void Add(string name, GgmlType stored, long[] dimensions, RowValues values) => file.Add(name, stored, dimensions, holes ? null : values);
    }

    /// <summary>Writes a vision file.</summary>
    /// <param name="path">Where; what is there is replaced.</param>
    /// <param name="shape">Its dimensions; null for <see cref="VisionShape.Tiny"/>.</param>
    /// <param name="type">How matrices are stored: F32 or F16.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <returns><paramref name="path"/>.</returns>
    public static string Write(string path, VisionShape? shape = null, GgmlType type = GgmlType.F32, int seed = 11) =>
        Create(shape ?? VisionShape.Tiny, type, seed).Write(path);
}
