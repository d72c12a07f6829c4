using MedGemma.Agents.Inference.Models.Identity;

namespace MedGemma.Agents.Inference.OpenAi.Protocol;

/// <summary>Says files of models in the protocol's words, and reads them.</summary>
internal static class ProtocolFiles
{
    private const string Weights = "weights";
    private const string Vision = "vision";
    private const string Adapter = "adapter";

    public static FileEntry Entry(ModelFileHash file) => new(
        file.Kind switch { ModelFileKind.Weights => Weights, ModelFileKind.Vision => Vision, _ => Adapter }, file.Name, file.Bytes, file.Head, file.Sha256, file.Adapter);

    /// <summary>The file; null when the entry is none of ours.</summary>
    public static ModelFileHash? File(FileEntry entry)
    {
        ModelFileKind? kind = entry.Kind switch { Weights => ModelFileKind.Weights, Vision => ModelFileKind.Vision, Adapter => ModelFileKind.Adapter, _ => null };
        return kind is { } known && entry is { Name: { } name, Head: { } head } ? new ModelFileHash(known, name, entry.Bytes, head, entry.Sha256, entry.Adapter) : null;
    }
}
