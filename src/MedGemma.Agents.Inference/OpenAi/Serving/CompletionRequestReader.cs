using System.Text.Json;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Grammars;
using MedGemma.Agents.Inference.Grammars.Gbnf;
using MedGemma.Agents.Inference.OpenAi.Protocol;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.OpenAi.Serving;

/// <summary>Makes chat messages and options of a request; whatever is malformed or unknown is refused by the parameter's name.</summary>
internal static class CompletionRequestReader
{
    private const long LongestTime = 366L * 24 * 60 * 60 * 1000;

    // What clients send along and what changes nothing in an answer here.
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { "user", "metadata", "store", "service_tier", "safety_identifier", "prompt_cache_key", "parallel_tool_calls" };

    /// <param name="request">The request.</param>
    /// <param name="now">When it came.</param>
    /// <exception cref="RequestRefusedException">The request is malformed.</exception>
    public static (IReadOnlyList<ChatMessage> Messages, ChatOptions Options) Read(CompletionRequest request, DateTimeOffset now)
    {
        if (request.Unknown?.Keys.FirstOrDefault(name => !Ignored.Contains(name)) is { } unknown)
            throw Refused(unknown, "This parameter is not known.");
        if (request.N is not (null or 1))
            throw Refused("n", "One answer is given for a request.");
        if (request.Messages is not { Count: > 0 } messages)
            throw Refused("messages", "There are no messages.");
        if (request.TopLogprobs is not null && request.Logprobs != true)
            throw Refused("top_logprobs", "top_logprobs needs logprobs.");

        var options = new ChatOptions
        {
            ModelId = request.Model,
            Temperature = request.Temperature,
            TopP = request.TopP,
            TopK = request.TopK,
            FrequencyPenalty = request.FrequencyPenalty,
            PresencePenalty = request.PresencePenalty,
            Seed = request.Seed,
            MaxOutputTokens = request.MaxCompletionTokens ?? request.MaxTokens,
            StopSequences = Stops(request.Stop),
            ResponseFormat = Format(request.ResponseFormat),
            Tools = request.Tools is { Count: > 0 } tools ? [.. tools.Select(Tool)] : null,
            ToolMode = ToolMode(request.ToolChoice),
            Reasoning = Reasoning(request.ReasoningEffort),
        };
        return ([.. messages.Select(Message)], options.WithInference(Inference(request, now)));
    }

    private static InferenceChatOptions Inference(CompletionRequest request, DateTimeOffset now) => new()
    {
        Grammar = request.Grammar is { } grammar ? Checked(grammar) : null,
        Prefix = request.PrefixScope is null && request.PrefixPinnedMessages is null ? PrefixHint.None
            : request.PrefixPinnedMessages is < 0 ? throw Refused("prefix_pinned_messages", "A number of messages cannot be negative.")
            : new PrefixHint(request.PrefixScope, request.PrefixPinnedMessages ?? 0, request.PrefixPinnedFor),
        Priority = request.Priority switch
        {
            null or "interactive" => GenerationPriority.Interactive,
            "batch" => GenerationPriority.Batch,
            _ => throw Refused("priority", "priority is interactive or batch."),
        },
        Waited = request.WaitedMs switch
        {
            null => TimeSpan.Zero,
            < 0 or > LongestTime => throw Refused("waited_ms", "waited_ms is a number of milliseconds, of a year at most."),
            { } milliseconds => TimeSpan.FromMilliseconds(milliseconds),
        },
        Adapter = request.Adapter,
        MinP = request.MinP ?? 0,
        MaxThinkingTokens = request.MaxThinkingTokens ?? InferenceChatOptions.Default.MaxThinkingTokens,
        NearTies = NearTies(request.NearTies),
        LogProbs = request.Logprobs == true ? request.TopLogprobs ?? 0 : null,
        Deadline = request.TimeLeftMs switch
        {
            null => null,
            < 0 or > LongestTime => throw Refused("time_left_ms", "time_left_ms is a number of milliseconds, of a year at most."),
            { } milliseconds => now + TimeSpan.FromMilliseconds(milliseconds),
        },
    };

    private static IReadOnlyList<NearTie>? NearTies(IReadOnlyList<NearTieEntry>? entries) => entries switch
    {
        null => null,
        _ when entries.Any(entry => entry is null || entry.At < 0 || entry.Token < 0) => throw Refused("near_ties", "A near tie is {at, token, lead}: two numbers that are not negative, and one that may be."),
        _ => [.. entries.OrderBy(entry => entry.At).Select(entry => new NearTie(entry.At, entry.Token, entry.Lead))],
    };

    private static Grammar Checked(string gbnf) =>
        GbnfCheck.Problem(gbnf) is { } problem ? throw Refused("grammar", $"The grammar cannot be used: {problem}.") : new Grammar(gbnf);

    private static ChatMessage Message(CompletionMessage? message)
    {
        if (message is null)
            throw Refused("messages", "A message may not be null.");

        var contents = (message.Content?.Parts ?? []).Select(Content).ToList();
        switch (message.Role)
        {
            case "system" or "developer":
                return new ChatMessage(ChatRole.System, contents);
            case "user":
                return new ChatMessage(ChatRole.User, contents);
            case "assistant":
                contents.AddRange((message.ToolCalls ?? []).Select(Call));
                return new ChatMessage(ChatRole.Assistant, contents);
            case "tool":
                return new ChatMessage(ChatRole.Tool, [new FunctionResultContent(message.ToolCallId ?? throw Refused("messages", "A tool message needs a tool_call_id."), message.Content?.Text ?? "")]);
            default:
                throw Refused("messages", "A message's role is system, developer, user, assistant or tool.");
        }
    }

    private static AIContent Content(ContentPart? part)
    {
        switch (part)
        {
            case { Type: "text", Text: { } text }:
                return new TextContent(text);
            case { Type: "image_url", ImageUrl.Url: { } url } when url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase):
                try
                {
                    return new DataContent(url);
                }
                catch (Exception malformed) when (malformed is ArgumentException or FormatException or UriFormatException)
                {
                    throw new RequestRefusedException("messages", "An image is no valid data URI.", malformed);
                }

            case { Type: "image_url" }:
                throw Refused("messages", "An image must be sent as a data URI (data:image/...); addresses are not followed.");
            default:
                throw Refused("messages", "A part of a message is {type: text, text} or {type: image_url, image_url: {url}}.");
        }
    }

    private static FunctionCallContent Call(ToolCall? call)
    {
        if (call is not { Id: { } id, Function: { Name: { } name, Arguments: { } arguments } })
            throw Refused("messages", "A tool call needs id, function.name and function.arguments.");

        try
        {
            using var parsed = JsonDocument.Parse(arguments);
            if (parsed.RootElement.ValueKind != JsonValueKind.Object)
                throw Refused("messages", "The arguments of a tool call must be a JSON object.");

            return new FunctionCallContent(id, name, parsed.RootElement.EnumerateObject().DistinctBy(argument => argument.Name).ToDictionary(argument => argument.Name, argument => (object?)argument.Value.Clone()));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new RequestRefusedException("messages", "The arguments of a tool call must be a JSON object.", malformed);
        }
    }

    private static IList<string>? Stops(JsonElement? stop) => stop switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } texts when texts.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String) => [.. texts.EnumerateArray().Select(text => text.GetString()!)],
        _ => throw Refused("stop", "stop is a text or a list of texts."),
    };

    private static ChatResponseFormat? Format(ResponseFormat? format) => format switch
    {
        null => null,
        { Type: "text" } => ChatResponseFormat.Text,
        { Type: "json_object" } => ChatResponseFormat.Json,
        { Type: "json_schema", JsonSchema: { Schema: { } schema } named } => ChatResponseFormat.ForJsonSchema(schema, named.Name, named.Description),
        _ => throw Refused("response_format", "response_format is {type: text}, {type: json_object} or {type: json_schema, json_schema: {name, schema}}."),
    };

    private static AITool Tool(ToolDeclaration? tool) => tool is { Type: "function", Function: { Name: { Length: > 0 } name } function }
        ? AIFunctionFactory.CreateDeclaration(name, function.Description, function.Parameters ?? JsonSerializer.SerializeToElement(new Dictionary<string, object> { ["type"] = "object" }, ProtocolJson.Default.DictionaryStringObject))
        : throw Refused("tools", "A tool is {type: function, function: {name, description, parameters}}.");

    private static ChatToolMode? ToolMode(JsonElement? choice)
    {
        switch (choice)
        {
            case null or { ValueKind: JsonValueKind.Null }:
                return null;
            case { ValueKind: JsonValueKind.String } mode:
                return mode.GetString() switch
                {
                    "auto" => ChatToolMode.Auto,
                    "none" => ChatToolMode.None,
                    "required" => ChatToolMode.RequireAny,
                    _ => throw Refused("tool_choice", "tool_choice is none, auto, required, or a function."),
                };
            case { ValueKind: JsonValueKind.Object } named when named.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object
                && function.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String:
                return ChatToolMode.RequireSpecific(name.GetString()!);
            default:
                throw Refused("tool_choice", "tool_choice is none, auto, required, or a function.");
        }
    }

    private static ReasoningOptions? Reasoning(string? effort) => effort switch
    {
        null => null,
        "none" or "minimal" => new ReasoningOptions { Effort = ReasoningEffort.None },
        "low" => new ReasoningOptions { Effort = ReasoningEffort.Low },
        "medium" => new ReasoningOptions { Effort = ReasoningEffort.Medium },
        "high" => new ReasoningOptions { Effort = ReasoningEffort.High },
        _ => throw Refused("reasoning_effort", "reasoning_effort is none, minimal, low, medium or high."),
    };

    private static RequestRefusedException Refused(string parameter, string message) => new(parameter, message);
}
