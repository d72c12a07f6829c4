namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary><c>llama_flash_attn_type</c>.</summary>
internal enum FlashAttention
{
    /// <summary>Where the device can.</summary>
    Auto = -1,

    /// <summary>Never.</summary>
    Disabled = 0,

    /// <summary>Always.</summary>
    Enabled = 1,
}
