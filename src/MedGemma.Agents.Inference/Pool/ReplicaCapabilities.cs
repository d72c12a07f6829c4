namespace MedGemma.Agents.Inference.Pool;

/// <summary>What a replica can do, and what a request needs.</summary>
[Flags]
public enum ReplicaCapabilities
{
    /// <summary>Text in, text out.</summary>
    None = 0,

    /// <summary>Answers that match a JSON Schema.</summary>
    JsonSchema = 1,

    /// <summary>Calls of tools.</summary>
    Tools = 2,

    /// <summary>Images in prompts.</summary>
    Images = 4,

    /// <summary>What the protocol has no words for: grammars, adapters, and batch requests that give way to interactive ones.</summary>
    Extensions = 8,
}
