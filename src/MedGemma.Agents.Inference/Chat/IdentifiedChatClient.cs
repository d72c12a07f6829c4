using System.Runtime.CompilerServices;
using MedGemma.Agents.Inference.Models.Identity;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Chat;

/// <summary>Says in each answer which files it was computed with. Safe for concurrent calls.</summary>
/// <param name="inner">Who answers.</param>
/// <param name="identity">The files of the model.</param>
public sealed class IdentifiedChatClient(IChatClient inner, ModelIdentity identity) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var asked = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var images = asked.Any(message => message.Contents.Any(content => content is DataContent));
        var adapter = options.Inference().Adapter;
        var first = true;
        await foreach (var update in base.GetStreamingResponseAsync(asked, options, cancellationToken).ConfigureAwait(false))
        {
            if (first || update.FinishReason is not null)
                update.SetSystemFingerprint(identity.Describe(images, adapter));

            first = false;
            yield return update;
        }
    }
}
