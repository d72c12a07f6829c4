namespace MedGemma.Agents.Inference.Models.Memory;

/// <summary>What running a model costs, in bytes. Weights and caches are exact; intermediate values are an upper estimate for flash attention.</summary>
/// <param name="Options">How the model is to be run.</param>
/// <param name="Weights">The text model's weights.</param>
/// <param name="Embeddings">The part of the weights that also stays in main memory when the model is on a GPU: the embeddings of the input.</param>
/// <param name="GlobalCache">Keys and values of the global layers.</param>
/// <param name="LocalCache">Keys and values of the local layers.</param>
/// <param name="Compute">Intermediate values of a step.</param>
/// <param name="Output">Logits of a step, in main memory.</param>
/// <param name="Checkpoint">A copy of one sequence's window, in main memory, with which a prefix can be used again when only windows are kept; 0 when all positions are.</param>
/// <param name="Vision">The vision file's weights and intermediate values; 0 without one.</param>
public sealed record MemoryPlan(
    MemoryPlanOptions Options, long Weights, long Embeddings, long GlobalCache, long LocalCache, long Compute, long Output, long Checkpoint, long Vision)
{
    /// <summary>Keys and values.</summary>
    public long Cache => GlobalCache + LocalCache;

    /// <summary>Everything that lies where the model is computed, checkpoints not counted.</summary>
    public long Device => Weights + Cache + Compute + Output + Vision;

    /// <summary>All checkpoints, in main memory: those that may be kept, and one that is being made.</summary>
    public long Checkpoints => Options.FullWindow ? 0 : Options.CheckpointBytes + Checkpoint;

    /// <summary>What main memory holds when the model is computed on the processor.</summary>
    public long Processor => Device + Checkpoints;

    /// <summary>What main memory holds when the model is on a GPU.</summary>
    public long HostBesideGpu => Embeddings + Output + Checkpoints;
}
