using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Engine.Prompts;

/// <summary>
/// A thread that reads prompts, so that native code runs on no thread of the pool and reading one prompt holds up no step. People's prompts are read before those of jobs, which may
/// be long and many.
/// </summary>
internal sealed class PromptThread : IDisposable
{
    private readonly PriorityQueue<IPromptWork, (GenerationPriority Priority, long Order)> _work = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _order;
    private bool _closed;

    public PromptThread(string name)
    {
        var thread = new Thread(Run) { Name = name, IsBackground = true };
        thread.Start();
    }

    /// <summary>Ends after <see cref="Dispose"/>, when the work under way is done.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Does some work on the thread, after what was asked for before with the same priority, or for people.</summary>
    /// <param name="work">The work; told to end early by its token.</param>
    /// <param name="priority">Who waits for it.</param>
    /// <param name="cancellationToken">Ends the wait: at once while the work has not begun, and is then never done; otherwise when the work ends.</param>
    /// <exception cref="ModelLostException">The thread takes no more work, or was ended before this was done.</exception>
    public async Task<T> Do<T>(Func<CancellationToken, T> work, GenerationPriority priority, CancellationToken cancellationToken)
    {
        var queued = new PromptWork<T>(work, cancellationToken);
        lock (_work)
        {
            if (_closed)
                throw new ModelLostException("The engine was stopped.");

            _work.Enqueue(queued, (priority, _order++));
            Monitor.Pulse(_work);
        }

        using var cancelling = cancellationToken.UnsafeRegister(_ => Drop(queued), null);
        return await queued.Done.ConfigureAwait(false);
    }

    /// <summary>Lets the thread end after the work under way; what has not begun is lost.</summary>
    public void Dispose()
    {
        lock (_work)
        {
            _closed = true;
            Monitor.Pulse(_work);
        }
    }

    private void Drop<T>(PromptWork<T> work)
    {
        lock (_work)
        {
            if (!_work.Remove(work, out _, out _))
                return;
        }

        work.Drop();
    }

    private void Run()
    {
        while (Next() is { } work)
            work.Run();

        lock (_work)
        {
            while (_work.TryDequeue(out var work, out _))
                work.Lose(new ModelLostException("The engine was stopped."));
        }

        _ended.SetResult();
    }

    private IPromptWork? Next()
    {
        lock (_work)
        {
            while (_work.Count == 0 && !_closed)
                Monitor.Wait(_work);

            return _closed ? null : _work.Dequeue();
        }
    }
}
