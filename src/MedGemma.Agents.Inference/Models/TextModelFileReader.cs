using System.Collections.Frozen;
using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Models;

/// <summary>Reads Gemma 3 text models: dimensions, vocabulary, and that every tensor is there in the shape that the engine expects.</summary>
internal static class TextModelFileReader
{
    // The engine keeps a layer's properties in tables of this length.
    private const int MostLayers = 512;
    private const int MostWidth = 1 << 20;

    private static readonly FrozenSet<string> Keys = new[]
    {
        "attention.head_count", "attention.head_count_kv", "attention.key_length", "attention.layer_norm_rms_epsilon", "attention.sliding_window",
        "attention.sliding_window_pattern", "attention.value_length", "block_count", "context_length", "embedding_length", "feed_forward_length",
        "final_logit_softcapping", "rope.dimension_count", "rope.freq_base", "rope.freq_base_swa", "rope.global.freq_base", "rope.local.freq_base",
        "rope.scaling.factor", "rope.scaling.type", "vocab_size",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static TextModelFile Read(GgufContents contents)
    {
        var shards = ModelShardReader.Read(contents);
        var tensors = shards.SelectMany(shard => shard.Tensors).ToList();
        if (tensors.GroupBy(tensor => tensor.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new GgufException(ModelRefusalKind.ShardMismatch, $"the tensor {twice.Key} is in two of its files");

        var metadata = contents.Metadata;
        var vocabulary = Vocabulary.Read(metadata);
        var architecture = Architecture(metadata, vocabulary.Count);
        GemmaTensors.Check(architecture, tensors);
        var name = metadata.Text("general.name") ?? Path.GetFileNameWithoutExtension(contents.Path);
        return new(contents.Path, name, [.. shards.Select(shard => shard.Path)], tensors, architecture, vocabulary.ControlTokens);
    }

    private static GemmaArchitecture Architecture(GgufMetadata metadata, int vocabulary)
    {
        CheckKeys(metadata);
        var layers = metadata.Size("gemma3.block_count", 1, MostLayers);
        var heads = metadata.Size("gemma3.attention.head_count", 1, 1024);
        var keyValueHeads = metadata.Size("gemma3.attention.head_count_kv", 1, heads);
        if (heads % keyValueHeads != 0)
            throw Damaged($"its {heads} heads of queries cannot be shared out among {keyValueHeads} heads of keys");
        var width = metadata.Size("gemma3.attention.key_length", 2, 1024);
        if (width % 2 != 0 || metadata.Size("gemma3.attention.value_length", 2, 1024) != width)
            throw Damaged("its heads of keys and of values have not one and the same even width");
        if (metadata.Number("gemma3.rope.dimension_count") is { } rotated && rotated != width)
            throw Damaged($"gemma3.rope.dimension_count is {rotated}, not the width of a head, {width}");

        Positive(metadata, "gemma3.attention.layer_norm_rms_epsilon", required: true);
        foreach (var key in new[] { "gemma3.rope.freq_base", "gemma3.rope.freq_base_swa", "gemma3.rope.scaling.factor", "gemma3.final_logit_softcapping" })
            Positive(metadata, key, required: false);
        var pattern = metadata.TryGet("gemma3.attention.sliding_window_pattern", out _) ? metadata.Size("gemma3.attention.sliding_window_pattern", 2, MostLayers) : 6;
        if (layers < pattern)
            throw Damaged($"with {layers} layers, of which every {pattern}th is global, none is; the engine needs one");

        return new(
            layers,
            metadata.Size("gemma3.embedding_length", 1, MostWidth),
            metadata.Size("gemma3.feed_forward_length", 1, MostWidth),
            heads,
            keyValueHeads,
            width,
            vocabulary,
            metadata.Size("gemma3.attention.sliding_window", 1, MostWidth),
            pattern,
            metadata.Size("gemma3.context_length", 1, 1 << 24));
    }

    // The engine acts upon keys of other architectures too, and ends or hangs on some of their values.
    private static void CheckKeys(GgufMetadata metadata)
    {
        var unknown = metadata.Keys.FirstOrDefault(key => key.StartsWith("gemma3.", StringComparison.Ordinal) && !Keys.Contains(key["gemma3.".Length..]) && !key.StartsWith("gemma3.mm.", StringComparison.Ordinal) && !key.StartsWith("gemma3.vision.", StringComparison.Ordinal));
        if (unknown is not null)
            throw Damaged($"{Quoted.Text(unknown)} is none of the keys of a Gemma 3 model");
        if (metadata.Text("gemma3.rope.scaling.type") is { } scaling && scaling is not ("none" or "linear"))
            throw Damaged($"gemma3.rope.scaling.type is {Quoted.Text(scaling)}; MedGemma's is linear");
    }

    private static void Positive(GgufMetadata metadata, string key, bool required)
    {
        if (metadata.Real(key) is { } value ? !float.IsFinite(value) || value <= 0 : required)
            throw Damaged($"{key} is missing or not a positive number");
    }

    private static GgufException Damaged(string reason) => new(ModelRefusalKind.Damaged, reason);
}
