using System.Text.Json;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>A call of a tool as a model planned it.</summary>
/// <param name="Tool">Name of the tool, whether or not there is one.</param>
/// <param name="Arguments">The arguments as written.</param>
internal sealed record PlannedCall(string Tool, JsonElement Arguments)
{
    /// <summary>The same for the same call, however it is spaced.</summary>
    public string Canonical { get; } = $"{Tool} {JsonSerializer.Serialize(Arguments)}";

    public static PlannedCall? Read(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.EnumerateObject().Count() == 2
        && json.TryGetProperty("tool", out var tool) && tool.ValueKind == JsonValueKind.String && json.TryGetProperty("arguments", out var arguments)
            ? new PlannedCall(tool.GetString()!, arguments.Clone())
            : null;
}
