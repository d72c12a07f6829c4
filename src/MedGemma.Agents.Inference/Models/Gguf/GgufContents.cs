namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>What a GGUF file says of itself: everything but the values of its tensors. Checked against itself and against the length of the file.</summary>
/// <param name="Path">The file.</param>
/// <param name="FileBytes">Its length, in bytes.</param>
/// <param name="Version">The version of the format, 2 or 3.</param>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Tensors">Its tensors in their order, one after the other without gaps.</param>
public sealed record GgufContents(string Path, long FileBytes, int Version, GgufMetadata Metadata, IReadOnlyList<GgufTensor> Tensors)
{
    /// <summary>What the values of all tensors take, in bytes, without padding.</summary>
    public long TensorBytes => Tensors.Sum(tensor => tensor.Bytes);
}
