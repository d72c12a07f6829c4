using System.ComponentModel;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Inference.Supervision;

/// <summary>
/// Keeps one inference process running: starts it, restarts it with growing pauses when it ends, and gives up, loudly, when it ends again and again. One loop
/// owns the process; what others ask of it wakes the loop. Safe for concurrent calls.
/// </summary>
internal sealed partial class InferenceSupervisor : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly string _replica;
    private readonly Func<InferenceProcess> _start;
    private readonly SupervisionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Queue<long> _crashes = new();
    private readonly Task _loop;

    private readonly LoadingQueue _loading;
    private LoadingTurn? _turn;
    private TaskCompletionSource _ready = New();
    private TaskCompletionSource _wake = New();

    // Who waits for a process that has yet to be started, and for the one that is being started.
    private readonly List<TaskCompletionSource> _asked = [];
    private readonly List<TaskCompletionSource> _awaited = [];

    private InferenceProcess? _process;
    private bool _ending;

    /// <summary>Starts supervising.</summary>
    /// <param name="replica">The replica's name, for the log.</param>
    /// <param name="start">Starts a process.</param>
    /// <param name="options">How.</param>
    /// <param name="loading">In which each process waits for its turn to load; this one joins at once.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where starts and ends are told.</param>
    /// <param name="changed">Told of each new state, by one call after the other; must return soon.</param>
    public InferenceSupervisor(string replica, Func<InferenceProcess> start, SupervisionOptions options, LoadingQueue loading, TimeProvider time, ILogger logger, Action<SupervisorState>? changed = null)
    {
        _replica = replica;
        _start = start;
        _options = options;
        _time = time;
        _logger = logger;
        _loading = loading;
        _turn = loading.Join();
        _loop = Task.Run(() => RunAsync(changed));
    }

    /// <summary>How the process does now.</summary>
    public SupervisorState State { get; private set; } = SupervisorState.Loading;

    /// <summary>Number of the running process, or null.</summary>
    public int? ProcessId
    {
        get
        {
            lock (_lock)
                return _process?.Id;
        }
    }

    /// <summary>Completes when the process serves.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It was given up or stopped.</exception>
    public Task ReadyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _ready.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the process and starts a new one, also one that was given up. Whoever wants no request to fail drains the replica first.</summary>
    /// <param name="cancellationToken">Ends the wait, not the reload.</param>
    /// <exception cref="InvalidOperationException">The new one does not come up.</exception>
    public Task ReloadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_ending, this);
            var reload = New();
            _asked.Add(reload);
            _wake.TrySetResult();
            return reload.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Kills the process, which is taken for hung; it is started again.</summary>
    public void Kill()
    {
        lock (_lock)
            _process?.Kill();
    }

    /// <summary>Stops the process and supervises no more.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _ending = true;
            _wake.TrySetResult();
        }

        await _loop.ConfigureAwait(false);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync(Action<SupervisorState>? changed)
    {
        while (Begin() is { } wake)
        {
            Become(SupervisorState.Loading, changed);
            if (await RunOnceAsync(wake, changed).ConfigureAwait(false))
                continue;

            var crashes = CountCrash();
            if (crashes >= _options.MostCrashes)
            {
                LogGivenUp(_replica, crashes, _options.CrashWindow);
                Fail(_awaited, "The inference process was given up: it ended again and again.");
                Become(SupervisorState.GivenUp, changed);
                await wake.ConfigureAwait(false);
                continue;
            }

            var pause = TimeSpan.FromTicks((long)Math.Min(_options.FirstPause.Ticks * Math.Pow(2, crashes - 1), _options.LongestPause.Ticks));
            LogPausing(_replica, pause);
            var paused = Task.Delay(pause, _time, CancellationToken.None);
            Become(SupervisorState.Pausing, changed);
            await Task.WhenAny(wake, paused).ConfigureAwait(false);
        }

        _turn?.Dispose();
        Fail([.. _awaited, .. _asked], "The inference process was stopped.");
        Become(SupervisorState.Stopped, changed);
    }

    /// <summary>What the next process has to be ended for; null when there is to be none.</summary>
    private Task? Begin()
    {
        lock (_lock)
        {
            if (_ending)
                return null;

            if (_asked.Count > 0)
                _crashes.Clear();

            _awaited.AddRange(_asked);
            _asked.Clear();
            if (_wake.Task.IsCompleted)
                _wake = New();
            if (_ready.Task.IsCompleted)
                _ready = New();

            return _wake.Task;
        }
    }

    /// <summary>Runs one process to its end; true when it was told to end.</summary>
    private async Task<bool> RunOnceAsync(Task wake, Action<SupervisorState>? changed)
    {
        using var turn = _turn ?? _loading.Join();
        _turn = null;
        if (await Task.WhenAny(turn.Come, wake).ConfigureAwait(false) != turn.Come)
            return true;

        InferenceProcess process;
        try
        {
            process = _start();
        }
        catch (Win32Exception unstartable)
        {
            LogUnstartable(_replica, unstartable.NativeErrorCode);
            return false;
        }

        using var _ = process;
        lock (_lock)
            _process = process;

        using (var given = new CancellationTokenSource())
        {
            var first = await Task.WhenAny(process.Ready, process.Exited, wake, Task.Delay(_options.StartTimeout, _time, given.Token)).ConfigureAwait(false);
            await given.CancelAsync().ConfigureAwait(false);
            if (first == process.Ready)
            {
                turn.Dispose();
                LogUp(_replica, process.Id);
                Become(SupervisorState.Up, changed);
                Arrive();
            }
            else if (first != process.Exited && first != wake)
            {
                LogSlow(_replica, _options.StartTimeout);
                process.Kill();
            }
        }

        await Task.WhenAny(process.Exited, wake).ConfigureAwait(false);
        var told = !process.Exited.IsCompleted;
        if (told)
            await process.StopAsync(_options.StopTimeout, _time).ConfigureAwait(false);

        var code = await process.Exited.ConfigureAwait(false);
        lock (_lock)
        {
            _process = null;
            if (_ready.Task.IsCompleted)
                _ready = New();
        }

        if (!told)
            LogEnded(_replica, code);

        return told;
    }

    private int CountCrash()
    {
        lock (_lock)
        {
            while (_crashes.TryPeek(out var oldest) && _time.GetElapsedTime(oldest) > _options.CrashWindow)
                _crashes.Dequeue();

            _crashes.Enqueue(_time.GetTimestamp());
            return _crashes.Count;
        }
    }

    private void Arrive()
    {
        lock (_lock)
        {
            _ready.TrySetResult();
            _awaited.ForEach(reload => reload.TrySetResult());
            _awaited.Clear();
        }
    }

    private void Fail(IReadOnlyCollection<TaskCompletionSource> reloads, string reason)
    {
        lock (_lock)
        {
            foreach (var waiting in reloads.Append(_ready))
            {
                waiting.TrySetException(new InvalidOperationException(reason));

                // Nobody may be waiting.
                _ = waiting.Task.Exception;
            }

            _awaited.Clear();
        }
    }

    private void Become(SupervisorState state, Action<SupervisorState>? changed)
    {
        State = state;
        changed?.Invoke(state);
    }

    [LoggerMessage(LogLevel.Information, "Inference process of {Replica} serves, process {ProcessId}")]
    private partial void LogUp(string replica, int processId);

    [LoggerMessage(LogLevel.Error, "Inference process of {Replica} ended with exit code {ExitCode}")]
    private partial void LogEnded(string replica, int exitCode);

    [LoggerMessage(LogLevel.Error, "Inference process of {Replica} cannot be started: error {Error} of the system")]
    private partial void LogUnstartable(string replica, int error);

    [LoggerMessage(LogLevel.Error, "Inference process of {Replica} has not loaded its model within {Limit}; it is killed")]
    private partial void LogSlow(string replica, TimeSpan limit);

    [LoggerMessage(LogLevel.Warning, "Inference process of {Replica} is started again in {Pause}")]
    private partial void LogPausing(string replica, TimeSpan pause);

    [LoggerMessage(LogLevel.Critical, "Inference process of {Replica} is given up: it ended {Crashes} times within {Window}. Mend the cause and reload (SIGHUP)")]
    private partial void LogGivenUp(string replica, int crashes, TimeSpan window);
}
