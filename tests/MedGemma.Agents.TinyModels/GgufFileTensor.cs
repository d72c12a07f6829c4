using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.TinyModels;

/// <summary>A tensor of a <see cref="GgufFile"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How its values are stored.</param>
/// <param name="Shape">Its dimensions as ggml counts them, the row length first.</param>
/// <param name="Values">Its values; null for a hole in the file.</param>
public sealed record GgufFileTensor(string Name, GgmlType Type, long[] Shape, RowValues? Values)
{
    /// <summary>What its values take in the file, in bytes, without padding.</summary>
    public long Bytes => GgmlTypes.RowBytes(Type, Shape[0]) * Rows;

    private long Rows => Shape.Skip(1).Aggregate(1L, (product, dimension) => product * dimension);

    /// <summary>Every value, as floating point.</summary>
    public float[] ToArray()
    {
        var all = new float[Shape[0] * Rows];
        for (var row = 0L; row < Rows; row++)
            Values!(row, all.AsSpan((int)(row * Shape[0]), (int)Shape[0]));
        return all;
    }

    /// <summary>Writes the values where the stream stands; nothing for a hole.</summary>
    internal void WriteValues(Stream stream)
    {
        if (Values is null)
            return;

        var values = new float[Shape[0]];
        var encoded = new byte[GgmlTypes.RowBytes(Type, Shape[0])];
        for (var row = 0L; row < Rows; row++)
        {
            Values(row, values);
            Encode(values, encoded);
            stream.Write(encoded);
        }
    }

    private void Encode(ReadOnlySpan<float> values, Span<byte> into)
    {
        switch (Type)
        {
            case GgmlType.F32:
                MemoryMarshal.AsBytes(values).CopyTo(into);
                break;
            case GgmlType.F16:
                for (var i = 0; i < values.Length; i++)
                    BinaryPrimitives.WriteHalfLittleEndian(into[(2 * i)..], (Half)values[i]);
                break;
            case GgmlType.BF16:
                for (var i = 0; i < values.Length; i++)
                    BinaryPrimitives.WriteUInt16LittleEndian(into[(2 * i)..], (ushort)(BitConverter.SingleToUInt32Bits(values[i]) >> 16));
                break;
            case GgmlType.Q8_0:
                for (var block = 0; block < values.Length / 32; block++)
                    EncodeEightBits(values.Slice(32 * block, 32), into.Slice(34 * block, 34));
                break;
            case GgmlType.Q4_0:
                for (var block = 0; block < values.Length / 32; block++)
                    EncodeFourBits(values.Slice(32 * block, 32), into.Slice(18 * block, 18));
                break;
            default:
                throw new NotSupportedException($"No values can be written as {Type}.");
        }
    }

    private static void EncodeEightBits(ReadOnlySpan<float> values, Span<byte> into)
    {
        var scale = Largest(values) / 127;
        BinaryPrimitives.WriteHalfLittleEndian(into, (Half)scale);
        for (var i = 0; i < values.Length; i++)
            into[2 + i] = (byte)(sbyte)(scale == 0 ? 0 : MathF.Round(values[i] / scale));
    }

    private static void EncodeFourBits(ReadOnlySpan<float> values, Span<byte> into)
    {
        var scale = Largest(values) / 7;
        BinaryPrimitives.WriteHalfLittleEndian(into, (Half)scale);
        for (var i = 0; i < 16; i++)
            into[2 + i] = (byte)(Quarter(values[i], scale) | Quarter(values[i + 16], scale) << 4);
    }

    private static int Quarter(float value, float scale) => scale == 0 ? 8 : 8 + (int)MathF.Round(value / scale);

    private static float Largest(ReadOnlySpan<float> values)
    {
        var largest = 0f;
        foreach (var value in values)
            largest = MathF.Max(largest, MathF.Abs(value));
        return largest;
    }
}
