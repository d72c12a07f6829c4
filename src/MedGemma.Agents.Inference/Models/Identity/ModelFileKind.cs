namespace MedGemma.Agents.Inference.Models.Identity;

/// <summary>What a model has a file for.</summary>
public enum ModelFileKind
{
    /// <summary>The text model, or one part of a split one.</summary>
    Weights,

    /// <summary>The vision tower and its projector (<c>mmproj</c>).</summary>
    Vision,

    /// <summary>A LoRA adapter.</summary>
    Adapter,
}
