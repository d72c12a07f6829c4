using System.Text.Json;

namespace MedGemma.Agents.Planning.Agents;

/// <summary>Says whether a model can be held to a schema. Safe for concurrent use.</summary>
public interface IOutputSchemaCheck
{
    /// <summary>What is wrong with a schema, in one line, or null.</summary>
    /// <param name="schema">A JSON Schema.</param>
    string? FindProblem(JsonElement schema);
}
