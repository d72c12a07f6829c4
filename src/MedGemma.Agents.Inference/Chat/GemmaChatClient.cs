using System.Runtime.CompilerServices;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Chat.Tools;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Chat;

/// <summary>
/// A chat with a Gemma 3 or MedGemma model: template, thinking, tools, response formats, stop texts and usage over any <see cref="ITextGenerator"/>.
/// Safe for concurrent calls. Does not change messages and options. Fails with one of the <see cref="InferenceException"/>s, a refused request before the first update.
/// </summary>
public sealed class GemmaChatClient : IChatClient
{
    private readonly ITextGenerator _generator;
    private readonly GemmaChatClientOptions _options;
    private readonly GenerationRequests _requests;

    /// <summary>Creates a client.</summary>
    /// <param name="generator">The engine; stays its owner's.</param>
    /// <param name="options">Clock and identifiers; null for the real ones.</param>
    public GemmaChatClient(ITextGenerator generator, GemmaChatClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        _generator = generator;
        _options = options ?? new GemmaChatClientOptions();
        _requests = new GenerationRequests(generator.Info, new GrammarCache());
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var tools = ToolSet.Of(options);
        var request = _requests.Of(messages, options, tools);
        var answer = new AnswerAssembly(tools, [.. options?.StopSequences ?? []], () => "call_" + _options.NewId());
        var id = "chatcmpl-" + _options.NewId();
        var created = _options.TimeProvider.GetUtcNow();

        await foreach (var step in _generator.GenerateAsync(request, cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var update in answer.Take(step))
                yield return Named(update);

            // Leaving the enumeration ends the sequence.
            if (answer.Ended)
                break;
        }

        if (!answer.Ended)
            throw new ModelLostException("The generation broke off without an end.");

        yield return Named(answer.Closing());

        ChatResponseUpdate Named(ChatResponseUpdate update)
        {
            update.ResponseId = id;
            update.MessageId = id;
            update.ModelId = _generator.Info.Model;
            update.CreatedAt = created;
            update.Role = ChatRole.Assistant;
            return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("llama.cpp", null, _generator.Info.Model)
            : serviceType == typeof(GeneratorInfo) ? _generator.Info
            : null;
    }

    /// <summary>Does nothing: the engine is not the client's.</summary>
    public void Dispose()
    {
    }
}
