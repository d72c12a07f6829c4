using System.Collections.Concurrent;
using MedGemma.Agents.Inference.Chat.Failures;

namespace MedGemma.Agents.Inference.Engine.Prompts;

/// <summary>A thread that reads prompts, so that native code runs on no thread of the pool and reading one prompt holds up no step.</summary>
internal sealed class PromptThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PromptThread(string name)
    {
        var thread = new Thread(Run) { Name = name, IsBackground = true };
        thread.Start();
    }

    /// <summary>Ends when all work is done after <see cref="Dispose"/>.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Does some work on the thread, after what was asked for before.</summary>
    /// <exception cref="ModelLostException">The thread takes no more work.</exception>
    public Task<T> Do<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _work.Add(() => Do(work, done));
        }
        catch (InvalidOperationException exception)
        {
            throw new ModelLostException("The engine was stopped.", exception);
        }

        return done.Task;
    }

    /// <summary>Lets the thread end after what was asked for.</summary>
    public void Dispose() => _work.CompleteAdding();

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
        foreach (var work in _work.GetConsumingEnumerable())
            work();

        _ended.SetResult();
    }
}
