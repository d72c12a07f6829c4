namespace MedGemma.Agents.Inference.Models.Memory;

/// <summary>How a model is to be run, as far as it costs memory.</summary>
public sealed record MemoryPlanOptions
{
    /// <value>Tokens that the key and value cache holds for all sequences together. Default: 32,768.</value>
    public int Cells { get; init; } = 32_768;

    /// <value>Sequences that are computed at the same time. Default: 1.</value>
    public int Sequences { get; init; } = 1;

    /// <value>Most tokens that are computed at once. Default: 512.</value>
    public int MicroBatch { get; init; } = 512;

    /// <value>Whether local layers keep all positions, or only their window. Default: true.</value>
    public bool FullWindow { get; init; } = true;

    /// <value>Bytes of main memory for copies of windows, where only windows are kept. Default: 0, for one copy at a time.</value>
    public long CheckpointBytes { get; init; }

    /// <value>Whether keys and values take 8 bits instead of 16. Default: false.</value>
    public bool QuantizedCache { get; init; }
}
