namespace MedGemma.Agents.Inference.Supervision;

/// <summary>
/// Lets the inference processes of this machine load their models one after the other. Each gives its cache what memory is free when it looks; two that look at once would both take the
/// same. One queue for all devices: on whichever it computes, each takes main memory too. Safe for concurrent calls.
/// </summary>
internal sealed class LoadingQueue : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Joins the queue at its end.</summary>
    public LoadingTurn Join() => new(_one);

    public void Dispose() => _one.Dispose();
}
