namespace MedGemma.Agents.Inference.Llama;

/// <summary>How a batch ended.</summary>
public enum DecodeStatus
{
    /// <summary>Computed.</summary>
    Done,

    /// <summary>The cache has no room for it; nothing has changed.</summary>
    NoRoom,

    /// <summary>Ended by <see cref="LlamaContext.Abort"/>; the positions that it was to write are empty.</summary>
    Aborted,
}
