namespace MedGemma.Agents.Inference.Supervision;

/// <summary>A place in the <see cref="LoadingQueue"/>. Disposing leaves it, whether its turn has come or not, and may be done twice.</summary>
internal sealed class LoadingTurn : IDisposable
{
    private readonly SemaphoreSlim _one;
    private readonly CancellationTokenSource _leave = new();
    private bool _left;

    public LoadingTurn(SemaphoreSlim one)
    {
        _one = one;
        Come = one.WaitAsync(_leave.Token);
    }

    /// <summary>Completes when its turn has come.</summary>
    public Task Come { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, true))
            return;

        _leave.Cancel();
        _leave.Dispose();

        // Its turn may come at the very moment.
        Come.ContinueWith(_ => _one.Release(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
