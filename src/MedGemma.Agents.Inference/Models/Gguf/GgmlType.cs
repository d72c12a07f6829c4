#pragma warning disable CA1707 // The names are those of ggml.

namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>How the values of a tensor are stored. Names and numbers are ggml's (<c>enum ggml_type</c>, as of llama.cpp release v0.5.0).</summary>
public enum GgmlType
{
    /// <summary>32-bit floating point.</summary>
    F32 = 0,

    /// <summary>16-bit floating point.</summary>
    F16 = 1,

    /// <summary>4 bits, blocks of 32 with a scale.</summary>
    Q4_0 = 2,

    /// <summary>4 bits, blocks of 32 with a scale and a minimum.</summary>
    Q4_1 = 3,

    /// <summary>5 bits, blocks of 32 with a scale.</summary>
    Q5_0 = 6,

    /// <summary>5 bits, blocks of 32 with a scale and a minimum.</summary>
    Q5_1 = 7,

    /// <summary>8 bits, blocks of 32 with a scale.</summary>
    Q8_0 = 8,

    /// <summary>8 bits, blocks of 32 with a scale and a sum; an intermediate of computations.</summary>
    Q8_1 = 9,

    /// <summary>2 bits, blocks of 256.</summary>
    Q2_K = 10,

    /// <summary>3 bits, blocks of 256.</summary>
    Q3_K = 11,

    /// <summary>4 bits, blocks of 256.</summary>
    Q4_K = 12,

    /// <summary>5 bits, blocks of 256.</summary>
    Q5_K = 13,

    /// <summary>6 bits, blocks of 256.</summary>
    Q6_K = 14,

    /// <summary>8 bits, blocks of 256; an intermediate of computations.</summary>
    Q8_K = 15,

    /// <summary>2.06 bits, blocks of 256.</summary>
    IQ2_XXS = 16,

    /// <summary>2.31 bits, blocks of 256.</summary>
    IQ2_XS = 17,

    /// <summary>3.06 bits, blocks of 256.</summary>
    IQ3_XXS = 18,

    /// <summary>1.56 bits, blocks of 256.</summary>
    IQ1_S = 19,

    /// <summary>4.5 bits, blocks of 32, not linear.</summary>
    IQ4_NL = 20,

    /// <summary>3.44 bits, blocks of 256.</summary>
    IQ3_S = 21,

    /// <summary>2.56 bits, blocks of 256.</summary>
    IQ2_S = 22,

    /// <summary>4.25 bits, blocks of 256, not linear.</summary>
    IQ4_XS = 23,

    /// <summary>8-bit integers.</summary>
    I8 = 24,

    /// <summary>16-bit integers.</summary>
    I16 = 25,

    /// <summary>32-bit integers.</summary>
    I32 = 26,

    /// <summary>64-bit integers.</summary>
    I64 = 27,

    /// <summary>64-bit floating point.</summary>
    F64 = 28,

    /// <summary>1.75 bits, blocks of 256.</summary>
    IQ1_M = 29,

    /// <summary>The upper half of 32-bit floating point.</summary>
    BF16 = 30,

    /// <summary>1.69 bits, ternary, blocks of 256.</summary>
    TQ1_0 = 34,

    /// <summary>2.06 bits, ternary, blocks of 256.</summary>
    TQ2_0 = 35,

    /// <summary>4 bits of floating point, blocks of 32 with a power of two.</summary>
    MXFP4 = 39,

    /// <summary>4 bits of floating point, blocks of 64 with a scale for each 16.</summary>
    NVFP4 = 40,

    /// <summary>1 bit, blocks of 128.</summary>
    Q1_0 = 41,

    /// <summary>2 bits, blocks of 64.</summary>
    Q2_0 = 42,
}
