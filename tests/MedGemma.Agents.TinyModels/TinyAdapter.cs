using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.TinyModels;

/// <summary>Makes LoRA adapters with random weights for models of a given shape.</summary>
public static class TinyAdapter
{
    /// <summary>Makes an adapter as a file yet to be written.</summary>
    /// <param name="shape">The shape of the base model.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="seed">Seed of the weights.</param>
    public static GgufFile Create(GemmaShape shape, int rank = 4, int seed = 7)
    {
        var random = new SeededValues(seed);
        var file = new GgufFile()
            .Set("general.architecture", "gemma3")
            .Set("general.type", "adapter")
            .Set("general.name", "Tiny adapter")
            .Set("adapter.type", "lora")
            .Set("adapter.lora.alpha", (float)(2 * rank));
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            Pair($"blk.{layer}.attn_q.weight", shape.Embedding, shape.Heads * shape.HeadDimension);
            Pair($"blk.{layer}.ffn_down.weight", shape.FeedForward, shape.Embedding);
        }

        return file;

        void Pair(string matrix, long inputs, long outputs)
        {
            file.Add(matrix + ".lora_a", GgmlType.F32, [inputs, rank], random.About(matrix + "a", 1 / MathF.Sqrt(inputs)));
            file.Add(matrix + ".lora_b", GgmlType.F32, [rank, outputs], random.About(matrix + "b", 1 / MathF.Sqrt(rank)));
        }
    }

    /// <summary>Writes an adapter.</summary>
    /// <param name="path">Where; what is there is replaced.</param>
    /// <param name="shape">The shape of the base model.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <returns><paramref name="path"/>.</returns>
    public static string Write(string path, GemmaShape shape, int rank = 4, int seed = 7) => Create(shape, rank, seed).Write(path);
}
