using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Tests.Loop;

/// <summary>A model that answers by a script: what it reads decides what it writes, thinks, or does wrong. Keeps what it was asked.</summary>
internal sealed class ScriptedModel(Func<ScriptedRequest, IAsyncEnumerable<ChatResponseUpdate>> script) : IChatClient
{
    private readonly List<ScriptedRequest> _requests = [];

    public IReadOnlyList<ScriptedRequest> Requests => _requests;

    /// <summary>Streams that were begun and not yet disposed.</summary>
    public int Open { get; private set; }

    /// <summary>Answers each request of an agent with the next text, and with the last one from then on.</summary>
    public static ScriptedModel Saying(string[] plans, string[] claims) => new(request =>
    {
        var texts = request.IsPlanner ? plans : claims;
        return Text(texts[Math.Min(request.Number, texts.Length) - 1]);
    });

    public static ScriptedModel Saying(Func<ScriptedRequest, string> text) => new(request => Text(text(request)));

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var read = messages.ToList();
        var isPlanner = options?.ResponseFormat is ChatResponseFormatJson { SchemaName: "chart_planner" };
        var request = new ScriptedRequest(read, options!, isPlanner, _requests.Count(other => other.IsPlanner == isPlanner) + 1, cancellationToken);
        _requests.Add(request);
        Open++;
        try
        {
            await foreach (var update in script(request).WithCancellation(cancellationToken))
                yield return update;
        }
        finally
        {
            Open--;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    /// <summary>A text in pieces, as a server streams it, with usage and a finish.</summary>
    public static async IAsyncEnumerable<ChatResponseUpdate> Text(string text, ChatFinishReason? finish = null)
    {
        for (var start = 0; start < text.Length; start += 7)
            yield return new ChatResponseUpdate(ChatRole.Assistant, text.Substring(start, Math.Min(7, text.Length - start))) { ModelId = "scripted" };

        await Task.CompletedTask;
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 100, OutputTokenCount = text.Length / 4 })])
        {
            FinishReason = finish ?? ChatFinishReason.Stop, ModelId = "scripted",
        };
    }
}
