using System.Text.Json;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.OpenAi.Protocol;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.OpenAi.Client;

/// <summary>Makes a request of chat messages and options.</summary>
/// <param name="model">The model's name at the server.</param>
/// <param name="extensions">Whether the server knows our extensions.</param>
/// <param name="time">The clock that deadlines are of.</param>
internal sealed class CompletionRequestWriter(string model, bool extensions, TimeProvider time)
{
    /// <exception cref="RequestRefusedException">The protocol, or the server, has no words for something that would change the answer.</exception>
    public CompletionRequest Write(IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        var inference = options.Inference();
        var said = messages.SelectMany(Messages).ToList();
        if (options?.Instructions is { Length: > 0 } instructions)
            said.Insert(0, new CompletionMessage { Role = "system", Content = MessageContent.Of(instructions) });

        var request = new CompletionRequest
        {
            Model = model,
            Messages = said,
            Stream = stream,
            StreamOptions = stream ? new StreamOptions(true) : null,

            // Servers have defaults of their own; ours is the one that the published results were made with.
            Temperature = options?.Temperature ?? 0,
            TopP = options?.TopP,
            TopK = options?.TopK,
            FrequencyPenalty = options?.FrequencyPenalty,
            PresencePenalty = options?.PresencePenalty,
            Seed = options?.Seed,
            MaxTokens = options?.MaxOutputTokens,
            Stop = options?.StopSequences is { Count: > 0 } stops ? JsonSerializer.SerializeToElement([.. stops], ProtocolJson.Default.StringArray) : null,
            ResponseFormat = Format(options?.ResponseFormat),
            Tools = options?.Tools is { Count: > 0 } tools ? [.. tools.Select(Tool)] : null,
            ToolChoice = ToolChoice(options?.ToolMode),
            Logprobs = inference.LogProbs is null ? null : true,
            TopLogprobs = inference.LogProbs,
        };
        return extensions ? Extended(request, options, inference) : Plain(request, inference);
    }

    // Another server knows nothing of how MedGemma is asked to think, and with a schema binds it from the first token; Ollama refuses a model for which it knows of no
    // thinking. It is not asked to.
    private static CompletionRequest Plain(CompletionRequest request, InferenceChatOptions inference)
    {
        if (inference.Grammar is not null)
            throw new RequestRefusedException("grammar", "This server takes no grammars; use a response format.");
        if (inference.MinP > 0)
            throw new RequestRefusedException("min_p", "This server is not known to take min_p.");
        if (inference.Adapter is not null)
            throw new RequestRefusedException("adapter", "This server takes no adapters.");

        return request;
    }

    private CompletionRequest Extended(CompletionRequest request, ChatOptions? options, InferenceChatOptions inference) => request with
    {
        ReasoningEffort = options?.Reasoning is { } reasoning ? Effort(reasoning.Effort) : null,
        Grammar = inference.Grammar?.Gbnf,
        PrefixScope = inference.Prefix.Scope,
        PrefixPinnedMessages = inference.Prefix.PinnedMessages == 0 ? null : inference.Prefix.PinnedMessages,
        PrefixPinnedFor = inference.Prefix.PinnedFor,
        Priority = inference.Priority == GenerationPriority.Batch ? "batch" : null,
        WaitedMs = inference.Waited > TimeSpan.Zero ? (long)inference.Waited.TotalMilliseconds : null,
        Adapter = inference.Adapter,
        NearTies = inference.NearTies is { } ties ? [.. ties.Select(tie => new NearTieEntry(tie.At, tie.Token, tie.Lead))] : null,
        MinP = inference.MinP == 0 ? null : inference.MinP,
        MaxThinkingTokens = options?.Reasoning is null ? null : inference.MaxThinkingTokens,
        TimeLeftMs = inference.Deadline is { } deadline ? Math.Max((long)(deadline - time.GetUtcNow()).TotalMilliseconds, 0) : null,
    };

    private static IEnumerable<CompletionMessage> Messages(ChatMessage message)
    {
        // Each result is a message of its own.
        if (message.Role == ChatRole.Tool)
            return message.Contents.Select(content => content is FunctionResultContent result
                ? new CompletionMessage { Role = "tool", ToolCallId = result.CallId, Content = MessageContent.Of(Text(result.Result)) }
                : throw new RequestRefusedException("messages", $"A tool message may hold results, not {content.GetType().Name}."));

        var parts = message.Contents.Select(Part).OfType<ContentPart>().ToList();
        var calls = message.Contents.OfType<FunctionCallContent>().Select(call => new ToolCall(call.CallId, "function", new FunctionCall(call.Name, Text(call.Arguments ?? new Dictionary<string, object?>())))).ToList();
        return
        [
            new CompletionMessage
            {
                Role = message.Role.Value,
                Content = parts.Count == 0 && calls.Count > 0 ? null : parts.TrueForAll(part => part.Type == "text") ? MessageContent.Of(string.Concat(parts.Select(part => part.Text))) : new MessageContent(parts),
                ToolCalls = calls.Count > 0 ? calls : null,
            },
        ];
    }

    private static ContentPart? Part(AIContent content) => content switch
    {
        TextContent text => new ContentPart("text", text.Text),
        DataContent image when image.HasTopLevelMediaType("image") => new ContentPart("image_url", ImageUrl: new ImageUrl(image.Uri)),
        TextReasoningContent or FunctionCallContent or UsageContent => null,
        _ => throw new RequestRefusedException("messages", $"A message may hold text, images and tool calls, not {content.GetType().Name}."),
    };

    private static string Text(object? value) => value as string ?? JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions);

    private static ResponseFormat? Format(ChatResponseFormat? format) => format switch
    {
        ChatResponseFormatJson { Schema: { } schema } json => new ResponseFormat("json_schema", new NamedSchema(json.SchemaName ?? "answer", schema, json.SchemaDescription, true)),
        ChatResponseFormatJson => new ResponseFormat("json_object"),
        _ => null,
    };

    private static ToolDeclaration Tool(AITool tool) => tool is AIFunctionDeclaration function
        ? new ToolDeclaration("function", new FunctionDeclaration(function.Name, function.Description, function.JsonSchema))
        : throw new RequestRefusedException("tools", "Tools must be functions.");

    private static JsonElement? ToolChoice(ChatToolMode? mode) => mode switch
    {
        NoneChatToolMode => JsonElement.Parse("\"none\""),
        RequiredChatToolMode { RequiredFunctionName: { } name } => JsonSerializer.SerializeToElement(new NamedToolChoice("function", new FunctionDeclaration(name)), ProtocolJson.Default.NamedToolChoice),
        RequiredChatToolMode => JsonElement.Parse("\"required\""),
        _ => null,
    };

    private static string Effort(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.None => "none",
        ReasoningEffort.Low => "low",
        ReasoningEffort.High or ReasoningEffort.ExtraHigh => "high",
        _ => "medium",
    };
}
