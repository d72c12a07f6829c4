namespace MedGemma.Agents.Inference.Engine.Prompts;

/// <summary>Work with a result.</summary>
/// <param name="work">The work.</param>
/// <param name="cancellationToken">Ends it early.</param>
internal sealed class PromptWork<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) : IPromptWork
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Done => _done.Task;

    public void Run()
    {
        try
        {
            _done.SetResult(work(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Drop();
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to whoever asked for the work.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _done.SetException(exception);
        }
    }

    public void Lose(Exception reason) => _done.SetException(reason);

    /// <summary>Says that it is not done because nobody waits for it.</summary>
    public void Drop() => _done.SetCanceled(cancellationToken);
}
