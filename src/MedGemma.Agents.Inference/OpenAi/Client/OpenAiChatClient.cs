using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Models.Identity;
using MedGemma.Agents.Inference.OpenAi.Protocol;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.OpenAi.Client;

/// <summary>
/// A chat with a model behind any server that speaks the OpenAI chat API: our inference process, vLLM, llama-server, Ollama. Safe for concurrent calls. Fails with one of the
/// <see cref="InferenceException"/>s and tries nothing twice: that is the pool's business. Cancelling, or leaving a stream early, closes the connection of the request, which
/// ends it at the server.
/// </summary>
public sealed class OpenAiChatClient : IChatClient
{
    private const string Path = "v1/chat/completions";

    private readonly HttpClient _http;
    private readonly string _model;
    private readonly OpenAiChatClientOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates a client.</summary>
    /// <param name="http">The connection, with the server's base address (ending in <c>/</c>, without <c>v1</c>); stays its owner's.</param>
    /// <param name="model">The model's name at the server.</param>
    /// <param name="options">How it is spoken to; null for a server that is not ours.</param>
    /// <param name="timeProvider">The clock of the requests' deadlines; null for the system's.</param>
    public OpenAiChatClient(HttpClient http, string model, OpenAiChatClientOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentException.ThrowIfNullOrEmpty(model);
        _http = http;
        _model = model;
        _options = options ?? new OpenAiChatClientOptions();
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>What the server serves. Servers other than ours say names only; what is not said is 0 or false.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InferenceException">The server does not answer.</exception>
    public async Task<IReadOnlyList<GeneratorInfo>> ListModelsAsync(CancellationToken cancellationToken = default)
    {
        var entries = await ListEntriesAsync(cancellationToken).ConfigureAwait(false);
        return [.. entries.Select(model => new GeneratorInfo(model.Id!, model.ContextLength ?? 0)
        {
            Images = model.Images ?? false, Thinking = model.Thinking ?? false, Adapters = model.Adapters ?? [],
            Files = [.. (model.Files ?? []).Select(ProtocolFiles.File).OfType<ModelFileHash>()],
        })];
    }

    internal async Task<IReadOnlyList<ModelEntry>> ListEntriesAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/models");
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        var list = await ReadAsync(response, ProtocolJson.Default.ModelList, cancellationToken).ConfigureAwait(false);
        return [.. (list.Data ?? []).Where(model => model.Id is not null)];
    }

    /// <summary>Asks our inference process whether its engine computes; other servers have no such page, or another one.</summary>
    /// <exception cref="InferenceException">It does not.</exception>
    internal async Task DemandHealthAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "health");
        try
        {
            using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestRefusedException)
        {
            // A server of ours that has no such page, because sessions are there too, has answered.
        }
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var request = Request(messages, options, stream: false);
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        var completion = await ReadAsync(response, ProtocolJson.Default.Completion, cancellationToken).ConfigureAwait(false);
        var reader = new CompletionReader(_options.SpeaksExtensions);
        List<ChatResponseUpdate> updates = [.. reader.Read(completion), .. reader.Finish()];
        return reader.Ended ? updates.ToChatResponse() : throw new ModelLostException("The server's answer has no end.");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var request = Request(messages, options, stream: true);
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = body.ConfigureAwait(false);
        await using var events = SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

        var reader = new CompletionReader(_options.SpeaksExtensions);
        while (await NextAsync(events, cancellationToken).ConfigureAwait(false) is { } data && data != "[DONE]")
        {
            foreach (var update in reader.Read(Parse(data, ProtocolJson.Default.Completion)))
                yield return update;
        }

        if (!reader.Ended)
            throw new ModelLostException("The server's stream broke off without an end.");

        foreach (var update in reader.Finish())
            yield return update;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", _http.BaseAddress, _model)
            : null;
    }

    /// <summary>Does nothing: the connection is not the client's.</summary>
    public void Dispose()
    {
    }

    private static async Task<string?> NextAsync(IAsyncEnumerator<SseItem<string>> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false) ? events.Current.Data : null;
        }
        catch (Exception broken) when (IsLoss(broken, cancellationToken))
        {
            throw new ModelLostException("The connection to the server broke.", broken);
        }
    }

    private static bool IsLoss(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static T Parse<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new ModelLostException("The server's answer is empty.");
        }
        catch (JsonException malformed)
        {
            throw new ModelLostException("The server's answer is not the JSON expected.", malformed);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        return Parse(await TextAsync(response, cancellationToken).ConfigureAwait(false), type);
    }

    private static async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception broken) when (IsLoss(broken, cancellationToken))
        {
            throw new ModelLostException("The connection to the server broke.", broken);
        }
    }

    private HttpRequestMessage Request(IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new CompletionRequestWriter(_model, _options.SpeaksExtensions, _time).Write(messages, options, stream), ProtocolJson.Default.CompletionRequest);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, Path) { Content = content };
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception broken) when (IsLoss(broken, cancellationToken))
        {
            throw new ModelLostException("The server cannot be reached.", broken);
        }

        if (response.IsSuccessStatusCode)
            return response;

        using (response)
        {
            throw ErrorReader.Failure(response, await TextAsync(response, cancellationToken).ConfigureAwait(false), _options);
        }
    }
}
