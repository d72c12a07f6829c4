using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Models.Identity;
using MedGemma.Agents.Inference.OpenAi.Client;
using MedGemma.Agents.Inference.OpenAi.Protocol;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Pool;

/// <summary>
/// A replica behind the OpenAI chat API. Whether it is an inference process of ours, which knows more than the protocol, it says itself in its list of models; what
/// it can do, ours says too, and of others it is tried out. Safe for concurrent calls.
/// </summary>
internal sealed class ServerReplica(HttpClient http, string model, TimeProvider time) : IChatClient, IReplicaProbe
{
    private readonly OpenAiChatClient _ours = new(http, model, new OpenAiChatClientOptions { SpeaksExtensions = true }, time);
    private readonly OpenAiChatClient _other = new(http, model);
    private volatile bool _isOurs;

    private OpenAiChatClient Client => _isOurs ? _ours : _other;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await EntryAsync(cancellationToken).ConfigureAwait(false);
        if (_isOurs)
            await _ours.DemandHealthAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<ReplicaCapabilities> ProbeAsync(CancellationToken cancellationToken)
    {
        var entry = await EntryAsync(cancellationToken).ConfigureAwait(false);
        _isOurs = entry.OwnedBy == ModelEntry.Ours;
        return _isOurs
            ? ReplicaCapabilities.JsonSchema | ReplicaCapabilities.Tools | ReplicaCapabilities.Extensions | (entry.Images == true ? ReplicaCapabilities.Images : ReplicaCapabilities.None)
            : await new OpenAiReplicaProbe(_other, model).ProbeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The files that it computes with, as it says now; empty where it does not say.</summary>
    /// <exception cref="InferenceException">It does not answer.</exception>
    public async Task<IReadOnlyList<ModelFileHash>> FilesAsync(CancellationToken cancellationToken)
    {
        var entry = await EntryAsync(cancellationToken).ConfigureAwait(false);
        return [.. (entry.Files ?? []).Select(ProtocolFiles.File).OfType<ModelFileHash>()];
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Client.GetResponseAsync(messages, options, cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Client.GetStreamingResponseAsync(messages, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => Client.GetService(serviceType, serviceKey);

    public void Dispose() => http.Dispose();

    private async Task<ModelEntry> EntryAsync(CancellationToken cancellationToken)
    {
        var entries = await _other.ListEntriesAsync(cancellationToken).ConfigureAwait(false);
        return entries.FirstOrDefault(found => found.Id == model) ?? throw new ModelLostException("The server does not serve the model.");
    }
}
