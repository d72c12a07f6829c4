namespace MedGemma.Agents.Inference.Llama;

/// <summary>The size and behaviour of a context. Its key and value cache is always one for all sequences, which may share cells.</summary>
public sealed record LlamaContextOptions
{
    /// <value>Cells of the cache, one a token of any sequence. Default: 4096.</value>
    public int Cells { get; init; } = 4096;

    /// <value>Most tokens of one call of decode. Default: 512.</value>
    public int BatchSize { get; init; } = 512;

    /// <value>Most tokens that are computed at once; at least the tokens of an image. Default: 512.</value>
    public int MicroBatchSize { get; init; } = 512;

    /// <value>Most sequences, numbered from 0. Default: 1.</value>
    public int Sequences { get; init; } = 1;

    /// <value>Threads of the processor. Default: 1.</value>
    public int Threads { get; init; } = 1;

    /// <value>Whether local layers keep all positions, as sharing a prefix needs, or only their window. Default: true.</value>
    public bool FullWindow { get; init; } = true;

    /// <value>Whether keys and values take 8 bits instead of 16. Default: false.</value>
    public bool QuantizedCache { get; init; }
}
