namespace MedGemma.Agents.Inference.Models.Memory;

/// <summary>What is wanted of a key and value cache.</summary>
/// <param name="ContextLength">Tokens of prompt and output of one request.</param>
/// <param name="Slots">Requests that run at once.</param>
public sealed record CacheDemand(int ContextLength, int Slots)
{
    /// <value>Most tokens that are computed at once. Default: 512.</value>
    public int MicroBatch { get; init; } = 512;

    /// <value>Which positions local layers keep. Default: what the memory allows.</value>
    public CacheWindow Window { get; init; }

    /// <value>Whether keys and values take 8 bits instead of 16. Default: false.</value>
    public bool Quantized { get; init; }

    /// <value>Most bytes of main memory for copies of windows, where only windows are kept; what the memory has left, where that is less. Default: 4 GiB.</value>
    public long MostCheckpointBytes { get; init; } = 4L << 30;
}
