using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedGemma.Agents.Inference.OpenAi.Protocol;

/// <summary>The body of <c>POST /v1/chat/completions</c> (https://platform.openai.com/docs/api-reference/chat/create), with our extensions at its end.</summary>
internal sealed record CompletionRequest
{
    public string? Model { get; init; }

    public IReadOnlyList<CompletionMessage>? Messages { get; init; }

    public bool? Stream { get; init; }

    public StreamOptions? StreamOptions { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public float? FrequencyPenalty { get; init; }

    public float? PresencePenalty { get; init; }

    public long? Seed { get; init; }

    public int? MaxTokens { get; init; }

    public int? MaxCompletionTokens { get; init; }

    public int? N { get; init; }

    /// <summary>A text or a list of texts.</summary>
    public JsonElement? Stop { get; init; }

    public ResponseFormat? ResponseFormat { get; init; }

    public IReadOnlyList<ToolDeclaration>? Tools { get; init; }

    /// <summary><c>none</c>, <c>auto</c>, <c>required</c>, or a function by name.</summary>
    public JsonElement? ToolChoice { get; init; }

    public bool? Logprobs { get; init; }

    public int? TopLogprobs { get; init; }

    public string? ReasoningEffort { get; init; }

    /// <summary>Extension, as llama-server and vLLM have it.</summary>
    public int? TopK { get; init; }

    /// <summary>Extension: GBNF, as llama-server has it.</summary>
    public string? Grammar { get; init; }

    /// <summary>Extension: an opaque text; requests of the same scope may share computed prompts.</summary>
    public string? PrefixScope { get; init; }

    /// <summary>Extension: so many messages from the start may be shared by all scopes.</summary>
    public int? PrefixPinnedMessages { get; init; }

    /// <summary>Extension: an opaque text; only requests that give the same one share these messages.</summary>
    public string? PrefixPinnedFor { get; init; }

    /// <summary>Extension: <c>interactive</c> or <c>batch</c>.</summary>
    public string? Priority { get; init; }

    /// <summary>Extension: milliseconds that a batch request has waited before it was sent.</summary>
    public long? WaitedMs { get; init; }

    /// <summary>Extension: smallest probability, relative to the most likely token's, that is kept.</summary>
    public float? MinP { get; init; }

    /// <summary>Extension: name of a LoRA adapter.</summary>
    public string? Adapter { get; init; }

    /// <summary>Extension: most tokens of thought.</summary>
    public int? MaxThinkingTokens { get; init; }

    /// <summary>Extension: milliseconds from now after which nobody waits; no instant, because clocks of two machines differ.</summary>
    public long? TimeLeftMs { get; init; }

    /// <summary>Extension: null for no report of near ties, otherwise those of an earlier run that are to be settled as they were then.</summary>
    public IReadOnlyList<NearTieEntry>? NearTies { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>What a stream brings beside text.</summary>
internal sealed record StreamOptions(bool? IncludeUsage);

/// <summary><c>text</c>, <c>json_object</c> or <c>json_schema</c>.</summary>
internal sealed record ResponseFormat(string? Type, NamedSchema? JsonSchema = null);

/// <summary>The schema of a response format.</summary>
internal sealed record NamedSchema(string? Name, JsonElement? Schema, string? Description = null, bool? Strict = null);

/// <summary>A tool on offer.</summary>
internal sealed record ToolDeclaration(string? Type, FunctionDeclaration? Function);

/// <summary>A function on offer.</summary>
internal sealed record FunctionDeclaration(string? Name, string? Description = null, JsonElement? Parameters = null, bool? Strict = null);
