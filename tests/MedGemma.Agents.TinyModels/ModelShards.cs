using System.Globalization;

namespace MedGemma.Agents.TinyModels;

/// <summary>Splits a model into several files, named and marked as llama.cpp's <c>gguf-split</c> does.</summary>
public static class ModelShards
{
    /// <summary>Writes a model as <paramref name="count"/> files.</summary>
    /// <param name="model">The whole model.</param>
    /// <param name="prefix">Path without number and extension.</param>
    /// <param name="count">How many files.</param>
    /// <returns>Their paths; the first is the one to load.</returns>
    public static IReadOnlyList<string> Write(GgufFile model, string prefix, int count) =>
        [.. Create(model, count).Select((shard, index) => shard.Write(Name(prefix, index, count)))];

    /// <summary>Makes the files without writing them.</summary>
    /// <param name="model">The whole model.</param>
    /// <param name="count">How many files.</param>
    public static IReadOnlyList<GgufFile> Create(GgufFile model, int count)
    {
        var shards = new List<GgufFile>();
        foreach (var (tensors, index) in model.Tensors.Chunk((model.Tensors.Count + count - 1) / count).Select((tensors, index) => (tensors, index)))
        {
            var shard = new GgufFile();
            if (index == 0)
                shard.CopyMetadata(model);
            shard.Set("split.no", (ushort)index).Set("split.count", (ushort)count).Set("split.tensors.count", model.Tensors.Count);
            foreach (var tensor in tensors)
                shard.Tensors.Add(tensor);
            shards.Add(shard);
        }

        return shards;
    }

    /// <summary>The name of one of the files.</summary>
    public static string Name(string prefix, int index, int count) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{index + 1:00000}-of-{count:00000}.gguf");
}
