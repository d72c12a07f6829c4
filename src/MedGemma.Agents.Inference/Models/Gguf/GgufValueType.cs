#pragma warning disable CA1720 // The names are those of GGUF.

namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>The type of a value in a file's metadata. Names and numbers are those of GGUF (<c>enum gguf_type</c>).</summary>
public enum GgufValueType
{
    /// <summary>8 bits without sign.</summary>
    UInt8 = 0,

    /// <summary>8 bits with sign.</summary>
    Int8 = 1,

    /// <summary>16 bits without sign.</summary>
    UInt16 = 2,

    /// <summary>16 bits with sign.</summary>
    Int16 = 3,

    /// <summary>32 bits without sign.</summary>
    UInt32 = 4,

    /// <summary>32 bits with sign.</summary>
    Int32 = 5,

    /// <summary>32-bit floating point.</summary>
    Float32 = 6,

    /// <summary>One byte, 0 for false.</summary>
    Bool = 7,

    /// <summary>UTF-8 with its length in 64 bits before it.</summary>
    String = 8,

    /// <summary>Element type, count in 64 bits, elements.</summary>
    Array = 9,

    /// <summary>64 bits without sign.</summary>
    UInt64 = 10,

    /// <summary>64 bits with sign.</summary>
    Int64 = 11,

    /// <summary>64-bit floating point.</summary>
    Float64 = 12,
}
