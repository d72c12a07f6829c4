using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Engine.Prompts;

/// <summary>
/// A thread that reads prompts, so that native code runs on no thread of the pool and reading one prompt holds up no step. People's prompts are read before those of jobs, which may
/// be long and many.
/// </summary>
internal sealed class PromptThread : IDisposable
{
    private readonly PriorityQueue<Action, (GenerationPriority Priority, long Order)> _work = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _order;
    private bool _closed;

    public PromptThread(string name)
    {
        var thread = new Thread(Run) { Name = name, IsBackground = true };
        thread.Start();
    }

    /// <summary>Ends when all work is done after <see cref="Dispose"/>.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Does some work on the thread, after what was asked for before with the same priority, or for people.</summary>
    /// <exception cref="ModelLostException">The thread takes no more work.</exception>
    public Task<T> Do<T>(Func<T> work, GenerationPriority priority)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_work)
        {
            if (_closed)
                throw new ModelLostException("The engine was stopped.");

            _work.Enqueue(() => Do(work, done), (priority, _order++));
            Monitor.Pulse(_work);
        }

        return done.Task;
    }

    /// <summary>Lets the thread end after what was asked for.</summary>
    public void Dispose()
    {
        lock (_work)
        {
            _closed = true;
            Monitor.Pulse(_work);
        }
    }

    private static void Do<T>(Func<T> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(work());
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to whoever asked for the work.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            done.SetException(exception);
        }
    }

    private void Run()
    {
        while (Next() is { } work)
            work();

        _ended.SetResult();
    }

    private Action? Next()
    {
        lock (_work)
        {
            while (_work.Count == 0 && !_closed)
                Monitor.Wait(_work);

            return _work.Count > 0 ? _work.Dequeue() : null;
        }
    }
}
