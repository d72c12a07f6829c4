using System.Text.Json;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.OpenAi.Client;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Pool;

/// <summary>
/// Probes a server that speaks the OpenAI chat API. It lives when it lists the model; what it can do is tried out with tiny requests, because servers accept
/// a response format, tools or images and then take no notice of them.
/// </summary>
/// <param name="client">The server.</param>
/// <param name="model">The model's name at the server.</param>
public sealed class OpenAiReplicaProbe(OpenAiChatClient client, string model) : IReplicaProbe
{
    // No model answers so unless it must.
    private const string Word = "q7-ok";

    private static readonly JsonElement WordSchema = JsonElement.Parse($$$"""{"type":"object","properties":{"probe":{"type":"string","enum":["{{{Word}}}"]}},"required":["probe"],"additionalProperties":false}""");

    // One grey point, the smallest PNG.
    private static readonly byte[] Point = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var models = await client.ListModelsAsync(cancellationToken).ConfigureAwait(false);
        if (!models.Any(found => found.Model == model))
            throw new ModelLostException("The server does not serve the model.");
    }

    /// <inheritdoc/>
    public async Task<ReplicaCapabilities> ProbeAsync(CancellationToken cancellationToken)
    {
        await CheckAsync(cancellationToken).ConfigureAwait(false);

        // A server that cannot even say hello is not up, whatever it lists.
        await AskAsync("Say hello.", new ChatOptions(), [], cancellationToken).ConfigureAwait(false);
        var found = ReplicaCapabilities.None;
        if (await AnswersAsync("Say hello.", new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(WordSchema, "probe") }, response => response.Text.Contains(Word, StringComparison.Ordinal), cancellationToken).ConfigureAwait(false))
            found |= ReplicaCapabilities.JsonSchema;
        var tool = AIFunctionFactory.CreateDeclaration("probe", "Reports the probe.", WordSchema);
        if (await AnswersAsync("Call the function probe.", new ChatOptions { Tools = [tool], ToolMode = ChatToolMode.RequireAny }, response => response.Messages.Any(message => message.Contents.Any(content => content is FunctionCallContent { Name: "probe" })), cancellationToken).ConfigureAwait(false))
            found |= ReplicaCapabilities.Tools;
        if (await AnswersAsync("Say hello.", new ChatOptions(), _ => true, cancellationToken, new DataContent(Point, "image/png")).ConfigureAwait(false))
            found |= ReplicaCapabilities.Images;

        return found;
    }

    private async Task<bool> AnswersAsync(string text, ChatOptions options, Func<ChatResponse, bool> accepts, CancellationToken cancellationToken, params AIContent[] more)
    {
        try
        {
            return accepts(await AskAsync(text, options, more, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception failure) when (failure is RequestRefusedException or ModelFailedException)
        {
            // llama-server answers 500 to an image without a projector and to tools without its template engine.
            return false;
        }
    }

    private Task<ChatResponse> AskAsync(string text, ChatOptions options, AIContent[] more, CancellationToken cancellationToken)
    {
        options.MaxOutputTokens = 40;
        return client.GetResponseAsync([new ChatMessage(ChatRole.User, [new TextContent(text), .. more])], options, cancellationToken);
    }
}
