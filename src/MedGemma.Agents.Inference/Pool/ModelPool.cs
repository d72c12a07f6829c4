using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Inference.Pool;

/// <summary>
/// One model on several replicas, as one chat client. Requests wait in a bounded queue by priority and go where their prefix is warm, then where load is least. A request
/// whose replica dies before anything was streamed goes to another one; afterwards it fails with <see cref="ModelLostException"/>. One that a living replica answers with
/// an error goes to each other replica once, and closes none. Replicas that are gone are checked until they answer again. Safe for concurrent calls.
/// </summary>
public sealed class ModelPool : IChatClient, IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ModelPoolOptions _options;
    private readonly PoolMetrics? _metrics;
    private readonly ReplicaScheduler _scheduler;
    private readonly TimeProvider _time;
    private readonly Task _watches;
    private int _disposed;

    /// <summary>Creates a pool and starts checking its replicas; requests wait until one is up.</summary>
    /// <param name="key">The model's key in the configuration, such as <c>planner</c>.</param>
    /// <param name="replicas">Where it runs; at least one.</param>
    /// <param name="options">How it queues and checks.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Where replicas coming and going is told.</param>
    /// <param name="metrics">Where it is measured, or null.</param>
    /// <exception cref="ArgumentException">No replicas, names twice, or replicas without places.</exception>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public ModelPool(string key, IReadOnlyList<ModelReplica> replicas, ModelPoolOptions options, TimeProvider timeProvider, ILogger<ModelPool> logger, PoolMetrics? metrics = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(replicas);
        ArgumentNullException.ThrowIfNull(options);
        if (replicas.Count == 0 || replicas.DistinctBy(replica => replica.Name, StringComparer.Ordinal).Count() != replicas.Count || replicas.Any(replica => replica.Slots < 1))
            throw new ArgumentException("A pool needs replicas with different names and at least one place each.", nameof(replicas));

        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        Key = key;
        _options = options;
        _metrics = metrics;
        _time = timeProvider;
        _scheduler = new ReplicaScheduler(replicas, options, timeProvider);
        _watches = Task.WhenAll(_scheduler.Replicas.Select(state => new ReplicaWatch(_scheduler, state, options, timeProvider, logger).RunAsync(_end.Token)));
        metrics?.Watch(this);
    }

    /// <summary>The model's key in the configuration.</summary>
    public string Key { get; }

    /// <summary>Requests that wait for a replica.</summary>
    public int Waiting => _scheduler.Waiting;

    /// <summary>How the replicas do now, in the order of the configuration.</summary>
    public IReadOnlyList<ReplicaStatus> Replicas => _scheduler.Status();

    /// <summary>Gives a replica no new requests and waits until it works on none, so that its model can be reloaded.</summary>
    /// <param name="replica">Its name.</param>
    /// <param name="cancellationToken">Ends the wait; the replica stays closed.</param>
    public Task DrainAsync(string replica, CancellationToken cancellationToken = default) => _scheduler.Drain(Named(replica)).WaitAsync(cancellationToken);

    /// <summary>Gives a drained replica requests again.</summary>
    /// <param name="replica">Its name.</param>
    public void Resume(string replica) => _scheduler.Undrain(Named(replica));

    /// <summary>Says that nothing tries to bring a replica up any more: requests that only it could do fail at once.</summary>
    /// <param name="replica">Its name.</param>
    public void GiveUp(string replica) => _scheduler.GiveUp(Named(replica));

    /// <summary>Says that a replica that was given up is tried again.</summary>
    /// <param name="replica">Its name.</param>
    public void TakeUp(string replica) => _scheduler.TakeUp(Named(replica));

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var asked = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var request = new PoolRequest(Needs(asked, options), options.Inference().Priority, Prefix(asked, options));
        while (true)
        {
            using var lease = await AcquireAsync(request, cancellationToken).ConfigureAwait(false);
            using var silence = new CancellationTokenSource(lease.IsOurs ? Timeout.InfiniteTimeSpan : _options.LongestSilence, _time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(lease.Gone, silence.Token, cancellationToken);
            await using var updates = lease.Replica.Client.GetStreamingResponseAsync(asked, Waited(request, options), both.Token).GetAsyncEnumerator(both.Token);

            var lastAttempt = ++request.Attempts >= _options.Attempts;
            bool? more = null;
            try
            {
                more = await NextAsync(updates, lease, silence, cancellationToken).ConfigureAwait(false);
            }
            catch (InferenceException failure) when (!lastAttempt && (failure is ModelLostException or ModelBusyException || (failure is ModelFailedException && lease.ReportFailed())))
            {
                // Nothing was streamed: another replica may do better, and this one has been reported.
            }

            if (more is null)
                continue;

            while (more == true)
            {
                yield return updates.Current;
                more = await NextAsync(updates, lease, silence, cancellationToken).ConfigureAwait(false);
            }

            yield break;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(InferenceTelemetry.ProviderName, null, Key)
            : null;
    }

    /// <summary>Takes no more requests: those that wait fail with <see cref="ModelLostException"/>, those that run are let finish.</summary>
    public async ValueTask DisposeAsync()
    {
        _scheduler.Close();
        _metrics?.Forget(this);
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await _end.CancelAsync().ConfigureAwait(false);
        await _watches.ConfigureAwait(false);
        await Task.WhenAll(_scheduler.Replicas.Select(_scheduler.Drain)).ConfigureAwait(false);
        _scheduler.Dispose();
        _end.Dispose();
    }

    /// <summary>Takes no more requests; does not wait. <see cref="DisposeAsync"/> does.</summary>
    public void Dispose()
    {
        _scheduler.Close();
        if (Volatile.Read(ref _disposed) == 0)
            _end.Cancel();
    }

    private async Task<ReplicaLease> AcquireAsync(PoolRequest request, CancellationToken cancellationToken)
    {
        var asking = _time.GetTimestamp();
        string? error = null;
        try
        {
            return await _scheduler.AcquireAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            error = InferenceTelemetry.ErrorOf(failure);
            throw;
        }
        finally
        {
            _metrics?.Waited(Key, request.Priority, _time.GetElapsedTime(asking), error);
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, ReplicaLease lease, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        try
        {
            var more = await updates.MoveNextAsync().ConfigureAwait(false);
            if (!lease.IsOurs)
                silence.CancelAfter(_options.LongestSilence);

            return more;
        }
        catch (ModelLostException)
        {
            lease.ReportLost();
            _metrics?.Failed(Key, lease.Replica.Name, "lost");
            throw;
        }
        catch (ModelFailedException)
        {
            _metrics?.Failed(Key, lease.Replica.Name, "failed");
            throw;
        }
        catch (ModelBusyException busy)
        {
            lease.ReportBusy(busy.RetryAfter);
            _metrics?.Failed(Key, lease.Replica.Name, "busy");
            throw;
        }
        catch (OperationCanceledException gone) when ((lease.Gone.IsCancellationRequested || silence.IsCancellationRequested) && !cancellationToken.IsCancellationRequested)
        {
            lease.ReportLost();
            _metrics?.Failed(Key, lease.Replica.Name, "hung");
            throw new ModelLostException("The replica does not answer any more.", gone);
        }
    }

    // Our own process has a queue too, in which a job must not begin to wait all over again.
    private ChatOptions? Waited(PoolRequest request, ChatOptions? options)
    {
        if (request.Priority != GenerationPriority.Batch)
            return options;

        var inference = options.Inference();
        return options!.Clone().WithInference(inference with { Waited = inference.Waited + _time.GetElapsedTime(request.Arrived) });
    }

    private static ReplicaCapabilities Needs(IReadOnlyList<ChatMessage> messages, ChatOptions? options) =>
        (options?.ResponseFormat is ChatResponseFormatJson { Schema: not null } ? ReplicaCapabilities.JsonSchema : 0)
        | (options?.Tools is { Count: > 0 } ? ReplicaCapabilities.Tools : 0)
        | (messages.Any(message => message.Contents.Any(content => content is DataContent)) ? ReplicaCapabilities.Images : 0)
        | (options.Inference() is { Grammar: not null } or { Adapter: not null } ? ReplicaCapabilities.Extensions : 0);

    private static string? Prefix(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var hint = options.Inference().Prefix;
        if (hint.Scope is { } scope)
            return "scope " + scope;
        if (hint.PinnedMessages == 0)
            return null;

        var pinned = string.Join('\0', messages.Take(hint.PinnedMessages).Select(message => message.Text));
        return "pinned " + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(pinned)));
    }

    private ReplicaState Named(string replica) =>
        _scheduler.Replicas.FirstOrDefault(state => state.Replica.Name == replica) ?? throw new ArgumentException("There is no such replica.", nameof(replica));
}
