namespace MedGemma.Agents.Inference.OpenAi.Protocol;

/// <summary>A message of a request, of an answer, or what a chunk adds to one.</summary>
internal sealed record CompletionMessage
{
    public string? Role { get; init; }

    public MessageContent? Content { get; init; }

    /// <summary>Thinking, as vLLM and llama-server name it.</summary>
    public string? ReasoningContent { get; init; }

    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    public string? ToolCallId { get; init; }

    public string? Name { get; init; }
}

/// <summary>A call of a tool; in a chunk with the place in the list of calls that it belongs to.</summary>
internal sealed record ToolCall(string? Id, string? Type, FunctionCall? Function, int? Index = null);

/// <summary>Name and arguments, which are JSON as text.</summary>
internal sealed record FunctionCall(string? Name, string? Arguments);
