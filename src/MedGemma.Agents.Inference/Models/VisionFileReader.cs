using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Models;

/// <summary>Reads vision files: the <c>clip.*</c> keys and the tensors of a SigLIP tower with the projector of Gemma 3, as llama.cpp's converter writes them.</summary>
internal static class VisionFileReader
{
    private const int MostWidth = 1 << 16;
    private const int MostPixels = 4096;

    public static VisionFile Read(GgufContents contents)
    {
        var metadata = contents.Metadata;
        var projector = metadata.Text("clip.projector_type") ?? metadata.Text("clip.vision.projector_type");
        if (projector != "gemma3")
            throw new GgufException(ModelRefusalKind.OtherArchitecture, $"its projector is {Quoted.Text(projector ?? "")}; MedGemma's is gemma3");
        if (metadata.Truth("clip.has_vision_encoder") is not true)
            throw new GgufException(ModelRefusalKind.OtherKind, "it has no vision encoder");
        if (metadata.Truth("clip.use_gelu") is not true)
            throw Damaged("clip.use_gelu is not true; MedGemma's tower uses GELU");
        CheckPixels(metadata, "clip.vision.image_mean");
        CheckPixels(metadata, "clip.vision.image_std");

        var architecture = Architecture(metadata);
        var tensors = VisionTensors.Named(architecture, contents.Tensors);
        VisionTensors.Check(architecture, tensors);
        return new(contents.Path, metadata.Text("general.name") ?? Path.GetFileNameWithoutExtension(contents.Path), tensors, architecture);
    }

    private static VisionArchitecture Architecture(GgufMetadata metadata)
    {
        var epsilon = metadata.Real("clip.vision.attention.layer_norm_epsilon");
        if (epsilon is not { } added || !float.IsFinite(added) || added <= 0)
            throw Damaged("clip.vision.attention.layer_norm_epsilon is missing or not a positive number");
        var architecture = new VisionArchitecture(
            metadata.Size("clip.vision.image_size", 1, MostPixels),
            metadata.Size("clip.vision.patch_size", 1, MostPixels),
            metadata.TryGet("clip.vision.projector.scale_factor", out _) ? metadata.Size("clip.vision.projector.scale_factor", 1, MostPixels) : 4,
            metadata.Size("clip.vision.embedding_length", 1, MostWidth),
            metadata.Size("clip.vision.feed_forward_length", 1, MostWidth),
            metadata.Size("clip.vision.attention.head_count", 1, MostWidth),
            metadata.Size("clip.vision.block_count", 1, 512),
            metadata.Size("clip.vision.projection_dim", 1, 1 << 20),
            added);
        if (architecture.ImageSize % architecture.PatchSize != 0 || architecture.PatchesPerSide % architecture.Pool != 0)
            throw Damaged($"an image of {architecture.ImageSize} pixels cannot be cut into patches of {architecture.PatchSize} and pooled by {architecture.Pool}");
        return architecture.Embedding % architecture.Heads == 0
            ? architecture
            : throw Damaged($"its width of {architecture.Embedding} cannot be shared out among {architecture.Heads} heads");
    }

    // Images are prepared outside as (x / 255 - 0.5) / 0.5, so a file that wants anything else is another model's.
    private static void CheckPixels(GgufMetadata metadata, string key)
    {
        var numbers = metadata.Numbers(key, GgufValueType.Float32) ?? throw Damaged($"{key} is missing");
        if (numbers.Count != 3 || MemoryMarshal.Cast<byte, float>(numbers.Data.Span).ContainsAnyExcept(0.5f))
            throw Damaged($"{key} is not 0.5 for each colour, which is MedGemma's");
    }

    private static GgufException Damaged(string reason) => new(ModelRefusalKind.Damaged, reason);
}
