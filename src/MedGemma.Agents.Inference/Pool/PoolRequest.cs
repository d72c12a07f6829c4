using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Pool;

/// <summary>A request as the queue sees it; the same one through all its attempts, so that a second attempt waits where the first one stood.</summary>
internal sealed class PoolRequest(ReplicaCapabilities needs, GenerationPriority priority, string? prefix)
{
    public ReplicaCapabilities Needs { get; } = needs;

    public GenerationPriority Priority { get; } = priority;

    /// <summary>Requests of the same key start alike; null when nothing may be shared.</summary>
    public string? Prefix { get; } = prefix;

    /// <summary>Its place among all requests, set when it first arrives.</summary>
    public long? Order { get; set; }

    /// <summary>When it first arrived, by the pool's clock.</summary>
    public long Arrived { get; set; }

    public int Attempts { get; set; }

    /// <summary>Replicas that live and have failed at this very request; it does not go there again.</summary>
    public HashSet<ReplicaState> Failed { get; } = [];

    public TaskCompletionSource<ReplicaLease> Turn { get; set; } = null!;
}
