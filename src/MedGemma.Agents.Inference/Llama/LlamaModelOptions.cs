namespace MedGemma.Agents.Inference.Llama;

/// <summary>How a model file is loaded.</summary>
public sealed record LlamaModelOptions
{
    /// <value>Layers to keep on GPUs; null for all of them. Default: null.</value>
    public int? GpuLayers { get; init; }

    /// <value>Names of the devices to use (<see cref="LlamaDevice.Name"/>); null for every GPU, or the processor where there is none; empty for the processor. Default: null.</value>
    public IReadOnlyList<string>? Devices { get; init; }

    /// <value>Whether only the vocabulary is read. Default: false.</value>
    public bool VocabularyOnly { get; init; }

    /// <value>Whether sizes are computed and nothing is allocated or read. Default: false.</value>
    public bool NoAllocation { get; init; }

    /// <value>Whether the weights are repacked for the processor, which is faster and takes their size again while loading. Default: true.</value>
    public bool Repack { get; init; } = true;
}
