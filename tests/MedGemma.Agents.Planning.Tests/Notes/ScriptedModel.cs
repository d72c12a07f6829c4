using System.Text.Json;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Tests.Notes;

/// <summary>A model that replies as a function of what it was asked, and remembers it.</summary>
internal sealed class ScriptedModel(Func<string, ChatResponse> reply) : IChatClient
{
    public List<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Requests { get; } = [];

    /// <summary>A model that writes the text that a function makes of the request.</summary>
    public static ScriptedModel Writing(Func<string, string> reply) => new(asked => new ChatResponse(new ChatMessage(ChatRole.Assistant, reply(asked))));

    /// <summary>A model that quotes every sentence with these words out of the passages that it is given.</summary>
    public static ScriptedModel Quoting(string words, string kind = "condition", string assertion = "present") => Writing(asked => QuotesOf(asked, words, kind, assertion));

    /// <summary>The reply that quotes every passage with these words.</summary>
    public static string QuotesOf(string asked, string words, string kind = "condition", string assertion = "present")
    {
        using var request = JsonDocument.Parse(asked);
        var findings = request.RootElement.GetProperty("passages").EnumerateArray()
            .Where(passage => passage.GetProperty("text").GetString()!.Contains(words, StringComparison.Ordinal))
            .Select(passage => new { passage = passage.GetProperty("number").GetInt32(), kind, assertion, quote = words });
        return JsonSerializer.Serialize(new { findings });
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        Requests.Add((asked, options));
        return Task.FromResult(reply(asked[^1].Text));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
