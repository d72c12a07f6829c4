using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Pool;

/// <summary>One place on a replica, for one attempt. Disposing gives it back.</summary>
internal sealed class ReplicaLease(ReplicaScheduler scheduler, ReplicaState state, GenerationPriority priority, long start, CancellationToken gone) : IDisposable
{
    private bool _returned;

    public ModelReplica Replica => state.Replica;

    /// <summary>Cancelled when the replica is found gone.</summary>
    public CancellationToken Gone { get; } = gone;

    /// <summary>Says that the replica seems gone; no request goes there until it answers a check.</summary>
    public void ReportLost() => scheduler.Suspect(state, Gone);

    /// <summary>Says that the replica wants a pause.</summary>
    public void ReportBusy(TimeSpan pause) => scheduler.Pause(state, pause);

    public void Dispose()
    {
        if (_returned)
            return;

        _returned = true;
        scheduler.Return(state, priority, start);
    }
}
