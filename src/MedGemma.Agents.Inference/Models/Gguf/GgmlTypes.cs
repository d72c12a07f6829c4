using System.Collections.Frozen;

namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>How much room the values of each <see cref="GgmlType"/> take, as laid down in ggml's <c>ggml-common.h</c>.</summary>
public static class GgmlTypes
{
    private const int SuperBlock = 256;

    private static readonly FrozenDictionary<GgmlType, (int Values, int Bytes)> Blocks = new Dictionary<GgmlType, (int, int)>
    {
        [GgmlType.F32] = (1, 4),
        [GgmlType.F16] = (1, 2),
        [GgmlType.BF16] = (1, 2),
        [GgmlType.F64] = (1, 8),
        [GgmlType.I8] = (1, 1),
        [GgmlType.I16] = (1, 2),
        [GgmlType.I32] = (1, 4),
        [GgmlType.I64] = (1, 8),
        [GgmlType.Q4_0] = (32, 18),
        [GgmlType.Q4_1] = (32, 20),
        [GgmlType.Q5_0] = (32, 22),
        [GgmlType.Q5_1] = (32, 24),
        [GgmlType.Q8_0] = (32, 34),
        [GgmlType.Q8_1] = (32, 36),
        [GgmlType.IQ4_NL] = (32, 18),
        [GgmlType.MXFP4] = (32, 17),
        [GgmlType.NVFP4] = (64, 36),
        [GgmlType.Q2_0] = (64, 18),
        [GgmlType.Q1_0] = (128, 18),
        [GgmlType.Q2_K] = (SuperBlock, 84),
        [GgmlType.Q3_K] = (SuperBlock, 110),
        [GgmlType.Q4_K] = (SuperBlock, 144),
        [GgmlType.Q5_K] = (SuperBlock, 176),
        [GgmlType.Q6_K] = (SuperBlock, 210),
        [GgmlType.Q8_K] = (SuperBlock, 292),
        [GgmlType.IQ1_S] = (SuperBlock, 50),
        [GgmlType.IQ1_M] = (SuperBlock, 56),
        [GgmlType.IQ2_XXS] = (SuperBlock, 66),
        [GgmlType.IQ2_XS] = (SuperBlock, 74),
        [GgmlType.IQ2_S] = (SuperBlock, 82),
        [GgmlType.IQ3_XXS] = (SuperBlock, 98),
        [GgmlType.IQ3_S] = (SuperBlock, 110),
        [GgmlType.IQ4_XS] = (SuperBlock, 136),
        [GgmlType.TQ1_0] = (SuperBlock, 54),
        [GgmlType.TQ2_0] = (SuperBlock, 66),
    }.ToFrozenDictionary();

    /// <summary>Whether ggml has the type.</summary>
    /// <param name="type">The type, perhaps a number out of a file.</param>
    public static bool IsKnown(GgmlType type) => Blocks.ContainsKey(type);

    /// <summary>How many values of one row are stored together.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="KeyNotFoundException">ggml has no such type.</exception>
    public static int BlockValues(GgmlType type) => Blocks[type].Values;

    /// <summary>How many bytes a block takes.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="KeyNotFoundException">ggml has no such type.</exception>
    public static int BlockBytes(GgmlType type) => Blocks[type].Bytes;

    /// <summary>How many bytes a row takes.</summary>
    /// <param name="type">The type.</param>
    /// <param name="values">Values in the row, a multiple of <see cref="BlockValues"/>.</param>
    /// <exception cref="KeyNotFoundException">ggml has no such type.</exception>
    public static long RowBytes(GgmlType type, long values) => checked(values / Blocks[type].Values * Blocks[type].Bytes);
}
