namespace MedGemma.Agents.Inference.Chat.Generation;

/// <summary>Who waits for the output.</summary>
public enum GenerationPriority
{
    /// <summary>A person.</summary>
    Interactive,

    /// <summary>A job, which gives way.</summary>
    Batch,
}
