using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Evaluation.Tests.Suites;

/// <summary>A model that answers with what the test says; every call costs 10 tokens read and 3 written.</summary>
internal sealed class ScriptedChatClient(Func<IReadOnlyList<ChatMessage>, string> script) : IChatClient
{
    public ConcurrentQueue<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Calls { get; } = new();

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        Calls.Enqueue((asked, options));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, script(asked))) { FinishReason = ChatFinishReason.Stop, Usage = Usage() });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        yield return new ChatResponseUpdate(ChatRole.Assistant, script([.. messages]));
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(Usage())]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static UsageDetails Usage() => new() { InputTokenCount = 10, OutputTokenCount = 3 };
}
