namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>What a GGUF file says of one of its tensors. Checked: the type is known, all dimensions are at least 1, rows are whole blocks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How its values are stored.</param>
/// <param name="Shape">Its four dimensions as ggml counts them, the row length first, filled up with 1.</param>
/// <param name="Position">Where in the file its values begin, in bytes.</param>
/// <param name="Bytes">What its values take, in bytes.</param>
public sealed record GgufTensor(string Name, GgmlType Type, IReadOnlyList<long> Shape, long Position, long Bytes)
{
    /// <summary>How many values it has.</summary>
    public long Values => Shape[0] * Shape[1] * Shape[2] * Shape[3];

    /// <summary>Its shape as people write it, without the ones at the end.</summary>
    public string ShapeText => string.Join(" x ", Shape.Take(Math.Max(1, 1 + Shape.Select((size, index) => size > 1 ? index : 0).Max())));
}
