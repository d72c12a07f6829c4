using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Vision;

/// <summary>Makes 32-bit floating point of weights that are stored in less.</summary>
internal static class WeightNumbers
{
    /// <summary>The values.</summary>
    public static float[] Read(GgmlType type, ReadOnlySpan<byte> data)
    {
        switch (type)
        {
            case GgmlType.F32:
                return MemoryMarshal.Cast<byte, float>(data).ToArray();
            case GgmlType.F16:
                var halves = MemoryMarshal.Cast<byte, Half>(data);
                var numbers = new float[halves.Length];
                for (var i = 0; i < numbers.Length; i++)
                    numbers[i] = (float)halves[i];
                return numbers;
            case GgmlType.BF16:
                var uppers = MemoryMarshal.Cast<byte, ushort>(data);
                var widened = new float[uppers.Length];
                for (var i = 0; i < widened.Length; i++)
                    widened[i] = BitConverter.UInt32BitsToSingle((uint)uppers[i] << 16);
                return widened;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "Only plain numbers are read.");
        }
    }

    /// <summary>The transposed matrix.</summary>
    /// <param name="values">Rows after each other.</param>
    /// <param name="length">The length of a row.</param>
    public static float[] Transposed(float[] values, int length)
    {
        var rows = values.Length / length;
        var turned = new float[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < length; column++)
                turned[(column * rows) + row] = values[(row * length) + column];
        }

        return turned;
    }
}
