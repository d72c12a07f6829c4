using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Evaluation.Suites.Faults;

/// <summary>A model whose server does not answer.</summary>
/// <param name="inner">The model.</param>
internal sealed class UnreachableModel(IChatClient inner) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromException<ChatResponse>(Unreachable());

    /// <inheritdoc/>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw Unreachable();

    private static HttpRequestException Unreachable() => new(HttpRequestError.ConnectionError, "The model's server does not answer (injected fault).");
}
