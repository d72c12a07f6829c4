namespace MedGemma.Agents.Inference.Pool;

/// <summary>One place on a replica, for one attempt. Disposing gives it back.</summary>
internal sealed class ReplicaLease(ReplicaScheduler scheduler, ReplicaState state, PoolRequest request, long start, CancellationToken gone) : IDisposable
{
    private bool _returned;

    public ModelReplica Replica => state.Replica;

    /// <summary>Whether it is a process of ours, which is watched step by step.</summary>
    public bool IsOurs { get; } = state.IsOurs;

    /// <summary>Cancelled when the replica is found gone.</summary>
    public CancellationToken Gone { get; } = gone;

    /// <summary>Says that the replica seems gone; no request goes there until it answers a check.</summary>
    public void ReportLost() => scheduler.Suspect(state, Gone);

    /// <summary>Says that the replica lives but failed at the request.</summary>
    /// <returns>Whether another replica may still do it.</returns>
    public bool ReportFailed() => scheduler.Avoid(state, request);

    /// <summary>Says that the replica wants a pause.</summary>
    public void ReportBusy(TimeSpan pause) => scheduler.Pause(state, pause);

    public void Dispose()
    {
        if (_returned)
            return;

        _returned = true;
        scheduler.Return(state, request.Priority, start);
    }
}
