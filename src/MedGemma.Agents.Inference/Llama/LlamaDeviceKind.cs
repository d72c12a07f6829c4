namespace MedGemma.Agents.Inference.Llama;

/// <summary>What kind of device computes; in the engine's order.</summary>
public enum LlamaDeviceKind
{
    /// <summary>The processor and main memory.</summary>
    Cpu,

    /// <summary>A GPU with memory of its own.</summary>
    Gpu,

    /// <summary>A GPU that shares main memory.</summary>
    IntegratedGpu,

    /// <summary>A helper of the processor.</summary>
    Accelerator,

    /// <summary>Several devices taken together.</summary>
    Meta,
}
