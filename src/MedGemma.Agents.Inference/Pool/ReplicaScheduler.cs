using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Pool;

/// <summary>
/// Gives requests to replicas: interactive ones before batch ones, in the order of arrival, batch ones that have waited long enough as interactive ones. Among
/// replicas with a free place, the one that last had the same prefix, then the least loaded one. All state is behind one lock; nothing is awaited under it.
/// </summary>
internal sealed class ReplicaScheduler : IDisposable
{
    /// <summary>Prefixes remembered; forgetting them costs a prompt's computation, not an answer.</summary>
    private const int MostPrefixes = 10_000;

    private readonly Lock _lock = new();
    private readonly ModelPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly List<ReplicaState> _replicas;
    private readonly List<PoolRequest> _waiting = [];
    private readonly Dictionary<string, ReplicaState> _prefixes = new(StringComparer.Ordinal);
    private long _arrivals;
    private double _meanSeconds = 5;
    private bool _closed;

    public ReplicaScheduler(IReadOnlyList<ModelReplica> replicas, ModelPoolOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _replicas = [.. replicas.Select(replica => new ReplicaState(replica))];
    }

    public IReadOnlyList<ReplicaState> Replicas => _replicas;

    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    public IReadOnlyList<ReplicaStatus> Status()
    {
        lock (_lock)
            return [.. _replicas.Select(state => new ReplicaStatus(state.Replica.Name, state.IsUp, state.IsDraining, state.IsGivenUp, state.Running, state.Replica.Slots, state.Capabilities))];
    }

    /// <summary>Waits for a place.</summary>
    /// <exception cref="RequestRefusedException">No replica can do what the request needs.</exception>
    /// <exception cref="ModelBusyException">The queue is full, or the wait was too long; while the only replicas that can do it are reloaded, no wait is.</exception>
    /// <exception cref="ModelLostException">No replica came up in time, or the pool is closed.</exception>
    public async Task<ReplicaLease> AcquireAsync(PoolRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Enqueue(request);
        try
        {
            while (true)
            {
                try
                {
                    return await request.Turn.Task.WaitAsync(_options.LongestWait, _time, cancellationToken).ConfigureAwait(false);
                }
                catch (TimeoutException) when (!IsReloading(request))
                {
                    if (!Withdraw(request))
                        return await request.Turn.Task.ConfigureAwait(false);

                    throw Overdue(request);
                }
                catch (TimeoutException)
                {
                    // A large model takes longer to load than a request may wait; whoever reloads it will have it back.
                }
            }
        }
        catch (OperationCanceledException)
        {
            if (!Withdraw(request))
                (await request.Turn.Task.ConfigureAwait(false)).Dispose();

            throw;
        }
    }

    public void MarkUp(ReplicaState state, ReplicaCapabilities? capabilities)
    {
        lock (_lock)
        {
            state.Capabilities = capabilities ?? state.Capabilities;
            state.IsUp = true;
            state.IsGivenUp = false;
            if (state.Gone.IsCancellationRequested)
                state.Gone = new CancellationTokenSource();

            Dispatch();
        }
    }

    /// <summary>Sends no new requests until a check succeeds. Those that run are left alone: one broken connection says nothing about the others.</summary>
    public void Suspect(ReplicaState state, CancellationToken seen)
    {
        lock (_lock)
        {
            if (state.Gone.Token == seen)
                state.IsUp = false;
        }
    }

    /// <summary>Takes a replica out and ends what runs there, unless it has come up again since <paramref name="seen"/> was current.</summary>
    public void MarkDown(ReplicaState state, CancellationToken seen)
    {
        CancellationTokenSource gone;
        lock (_lock)
        {
            if (state.Gone.Token != seen)
                return;

            state.IsUp = false;
            gone = state.Gone;
        }

        gone.Cancel();
    }

    /// <summary>Says that nothing tries to bring the replica up any more: requests that only it could do fail at once instead of after their longest wait.</summary>
    public void GiveUp(ReplicaState state)
    {
        lock (_lock)
        {
            state.IsGivenUp = true;
            state.IsUp = false;
            foreach (var request in _waiting.Where(request => !Exists(request)).ToList())
            {
                _waiting.Remove(request);
                request.Turn.TrySetException(GivenUp());
            }
        }
    }

    /// <summary>Says that somebody tries again.</summary>
    public void TakeUp(ReplicaState state)
    {
        lock (_lock)
            state.IsGivenUp = false;
    }

    /// <summary>Remembers that a replica that lives has failed at a request.</summary>
    /// <returns>Whether another one may still do it.</returns>
    public bool Avoid(ReplicaState state, PoolRequest request)
    {
        lock (_lock)
        {
            request.Failed.Add(state);
            return Exists(request);
        }
    }

    public void Pause(ReplicaState state, TimeSpan pause)
    {
        lock (_lock)
        {
            state.Pause?.Dispose();
            state.Pause = _time.CreateTimer(_ => Resume(state), null, pause > TimeSpan.Zero ? pause : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    public void Return(ReplicaState state, GenerationPriority priority, long start)
    {
        lock (_lock)
        {
            state.Running--;
            state.RunningBatch -= priority == GenerationPriority.Batch ? 1 : 0;
            _meanSeconds += 0.1 * (_time.GetElapsedTime(start).TotalSeconds - _meanSeconds);
            if (state.Running == 0)
                state.Empty?.TrySetResult();

            Dispatch();
        }
    }

    /// <summary>Gives a replica no new requests.</summary>
    /// <returns>Completes when it works on none.</returns>
    public Task Drain(ReplicaState state)
    {
        lock (_lock)
        {
            state.IsDraining = true;
            if (state.Empty is null or { Task.IsCompleted: true })
                state.Empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (state.Running == 0)
                state.Empty.TrySetResult();

            return state.Empty.Task;
        }
    }

    public void Undrain(ReplicaState state)
    {
        lock (_lock)
        {
            state.IsDraining = false;
            Dispatch();
        }
    }

    /// <summary>Takes no more requests; those that wait fail.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var request in _waiting)
                request.Turn.TrySetException(new ModelLostException("The pool is closed."));

            _waiting.Clear();
        }
    }

    public void Dispose()
    {
        Close();
        lock (_lock)
        {
            foreach (var state in _replicas)
            {
                state.Pause?.Dispose();
                state.Gone.Dispose();
            }
        }
    }

    private void Enqueue(PoolRequest request)
    {
        lock (_lock)
        {
            if (_closed)
                throw new ModelLostException("The pool is closed.");
            if (!_replicas.Exists(state => state.Can(request.Needs)))
                throw new RequestRefusedException("model", $"No replica of this model can do what is asked: {request.Needs}.");
            if (!Exists(request))
                throw GivenUp();

            if (request.Order is null)
            {
                request.Order = _arrivals++;
                request.Arrived = _time.GetTimestamp();
            }

            request.Turn = new TaskCompletionSource<ReplicaLease>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(request);
            Dispatch();

            // A second attempt had its place in the queue already.
            if (_waiting.Count > _options.QueueLength && request.Attempts == 0 && _waiting.Remove(request))
                throw new ModelBusyException(RetryAfter());
        }
    }

    private static ModelLostException GivenUp() => new("Every replica of this model was given up.");

    private bool Exists(PoolRequest request) => _replicas.Exists(state => CanDo(state, request) && !state.IsGivenUp);

    private static bool CanDo(ReplicaState state, PoolRequest request) => state.Can(request.Needs) && !request.Failed.Contains(state);

    private bool IsReloading(PoolRequest request)
    {
        lock (_lock)
            return _replicas.Exists(state => state.IsDraining && CanDo(state, request)) && !_replicas.Exists(state => state.IsOpen && CanDo(state, request));
    }

    private bool Withdraw(PoolRequest request)
    {
        lock (_lock)
            return _waiting.Remove(request);
    }

    private InferenceException Overdue(PoolRequest request)
    {
        lock (_lock)
            return _replicas.Exists(state => state.IsUp && CanDo(state, request)) ? new ModelBusyException(RetryAfter()) : new ModelLostException("No replica of this model is up.");
    }

    private void Resume(ReplicaState state)
    {
        lock (_lock)
        {
            state.Pause?.Dispose();
            state.Pause = null;
            Dispatch();
        }
    }

    private void Dispatch()
    {
        foreach (var request in _waiting.OrderBy(Rank).ThenBy(request => request.Order).ToList())
        {
            if (!_replicas.Exists(state => state.IsOpen && state.HasPlace(GenerationPriority.Interactive, 0)))
                return;
            if (Choose(request) is not { } state)
                continue;

            _waiting.Remove(request);
            state.Running++;
            state.RunningBatch += request.Priority == GenerationPriority.Batch ? 1 : 0;
            Remember(request, state);
            request.Turn.SetResult(new ReplicaLease(this, state, request, _time.GetTimestamp(), state.Gone.Token));
        }
    }

    private ReplicaState? Choose(PoolRequest request)
    {
        var reserved = Rank(request) == 0 ? 0 : _options.InteractiveSlots;
        var open = _replicas.Where(state => state.IsOpen && CanDo(state, request) && state.HasPlace(request.Priority, reserved)).ToList();
        return request.Prefix is { } prefix && _prefixes.TryGetValue(prefix, out var last) && open.Contains(last) ? last : open.MinBy(state => state.Load);
    }

    private int Rank(PoolRequest request) =>
        request.Priority == GenerationPriority.Interactive || _time.GetElapsedTime(request.Arrived) >= _options.Aging ? 0 : 1;

    private void Remember(PoolRequest request, ReplicaState state)
    {
        if (request.Prefix is null)
            return;
        if (_prefixes.Count >= MostPrefixes)
            _prefixes.Clear();

        _prefixes[request.Prefix] = state;
    }

    // As long as it takes, by the latest requests, until those who wait now have had their turn.
    private TimeSpan RetryAfter()
    {
        var slots = Math.Max(_replicas.Where(state => state.IsUp).Sum(state => state.Replica.Slots), 1);
        return TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(_meanSeconds * (_waiting.Count + 1) / slots), 1, 120));
    }
}
