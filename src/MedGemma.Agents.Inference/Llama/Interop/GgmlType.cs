namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary>Those of <c>ggml_type</c> that a key or value cache may have.</summary>
internal enum GgmlType
{
    /// <summary>32 bit floating point.</summary>
    F32 = 0,

    /// <summary>16 bit floating point.</summary>
    F16 = 1,

    /// <summary>8 bit blocks of 32 with one scale.</summary>
    Q8_0 = 8,
}
