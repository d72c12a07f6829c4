using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Pool;

/// <summary>What the scheduler knows of a replica. Guarded by the scheduler's lock.</summary>
internal sealed class ReplicaState(ModelReplica replica)
{
    public ModelReplica Replica { get; } = replica;

    public bool IsUp { get; set; }

    public bool IsDraining { get; set; }

    /// <summary>True while nothing tries to bring it up again.</summary>
    public bool IsGivenUp { get; set; }

    public int Running { get; set; }

    /// <summary>How many of <see cref="Running"/> are batch requests.</summary>
    public int RunningBatch { get; set; }

    public ReplicaCapabilities? Capabilities { get; set; }

    /// <summary>Cancelled when the replica is found gone, so that requests on it do not wait for an answer that never comes.</summary>
    public CancellationTokenSource Gone { get; set; } = new();

    /// <summary>Runs while the replica has asked for a pause.</summary>
    public ITimer? Pause { get; set; }

    public TaskCompletionSource? Empty { get; set; }

    public bool IsOpen => IsUp && !IsDraining && Pause is null;

    public bool IsOurs => Capabilities?.HasFlag(ReplicaCapabilities.Extensions) == true;

    public double Load => (double)Running / Replica.Slots;

    /// <summary>Whether one more request may go here. Our own process pauses a batch request for an interactive one, so there only interactive ones fill places for these.</summary>
    public bool HasPlace(GenerationPriority priority, int reserved) => priority == GenerationPriority.Interactive
        ? (IsOurs ? Running - RunningBatch : Running) < Replica.Slots
        : Running < Math.Max(Replica.Slots - reserved, 1);

    public bool Can(ReplicaCapabilities needs) => Capabilities is not { } known || (known & needs) == needs;
}
