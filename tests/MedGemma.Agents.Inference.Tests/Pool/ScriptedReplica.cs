using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MedGemma.Agents.Inference.Pool;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Tests.Pool;

/// <summary>A replica whose every call the test answers by hand.</summary>
internal sealed class ScriptedReplica(ReplicaCapabilities capabilities = ReplicaCapabilities.JsonSchema | ReplicaCapabilities.Tools) : IChatClient, IReplicaProbe
{
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();

    /// <summary>What checks and probes throw; null while it lives.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether probes hang until they are cancelled, and only then throw <see cref="Failure"/>.</summary>
    public bool HangsUntilCancelled { get; set; }

    public int Count { get; private set; }

    /// <summary>How often it was asked what it can do.</summary>
    public int Probes { get; private set; }

    public ModelReplica Replica(string name, int slots = 1) => new(name, this, this, slots);

    public async Task<Call> NextAsync() => await _calls.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => Failure is null ? Task.CompletedTask : Task.FromException(Failure);

    public async Task<ReplicaCapabilities> ProbeAsync(CancellationToken cancellationToken)
    {
        Probes++;
        if (HangsUntilCancelled)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return Failure is null ? capabilities : throw Failure;
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = new Call(string.Concat(messages.Select(message => message.Text)), options);
        Count++;
        _calls.Writer.TryWrite(call);
        try
        {
            await foreach (var text in call.Texts.Reader.ReadAllAsync(cancellationToken))
                yield return new ChatResponseUpdate(ChatRole.Assistant, text);
        }
        finally
        {
            call.Left.TrySetResult();
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    internal sealed record Call(string Question, ChatOptions? Options)
    {
        public Channel<string> Texts { get; } = Channel.CreateUnbounded<string>();

        public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Say(string text) => Texts.Writer.TryWrite(text);

        public void End() => Texts.Writer.TryComplete();

        public void Fail(Exception failure) => Texts.Writer.TryComplete(failure);
    }
}
