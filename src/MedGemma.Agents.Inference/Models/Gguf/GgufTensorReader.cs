namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>Reads what a file says of a tensor, and refuses what no tensor can be.</summary>
internal static class GgufTensorReader
{
    // ggml keeps names in 64 bytes with a zero at the end.
    private const int LongestName = 63;
    private const int MostDimensions = 4;
    private const ulong MostValues = 1UL << 50;

    /// <summary>Reads one; its position is still counted from where the data begin.</summary>
    public static GgufTensor Read(GgufStream stream)
    {
        var name = stream.Name("a tensor's name");
        if (name.Length is 0 or > LongestName || name.Any(letter => letter is < ' ' or > '~'))
            throw Damaged(name, "its name is not 1 to 63 printable characters");
        var shape = Shape(stream, name);
        var type = (GgmlType)stream.UInt32();
        if (!GgmlTypes.IsKnown(type))
            throw Damaged(name, $"its type {(uint)type} is unknown");
        if (shape[0] % GgmlTypes.BlockValues(type) != 0)
            throw Damaged(name, $"its rows of {shape[0]} values are not whole blocks of {GgmlTypes.BlockValues(type)}, as {type} needs");
        var bytes = GgmlTypes.RowBytes(type, shape[0]) * (shape[1] * shape[2] * shape[3]);
        var offset = stream.UInt64();
        return offset <= long.MaxValue / 4 ? new(name, type, shape, (long)offset, bytes) : throw Damaged(name, $"it begins at {offset} of the data");
    }

    private static long[] Shape(GgufStream stream, string name)
    {
        var dimensions = stream.UInt32();
        if (dimensions is 0 or > MostDimensions)
            throw Damaged(name, $"it has {dimensions} dimensions; tensors have 1 to {MostDimensions}");
        long[] shape = [1, 1, 1, 1];
        var values = 1L;
        for (var i = 0; i < dimensions; i++)
        {
            var size = stream.UInt64();
            if (size == 0 || (UInt128)(ulong)values * size > MostValues)
                throw Damaged(name, $"its dimension {i} is {size}, so that it has no size that a tensor can have");
            shape[i] = (long)size;
            values *= shape[i];
        }

        return shape;
    }

    private static GgufException Damaged(string name, string reason) => new(ModelRefusalKind.Damaged, $"the tensor {Quoted.Text(name)} is damaged: {reason}");
}
