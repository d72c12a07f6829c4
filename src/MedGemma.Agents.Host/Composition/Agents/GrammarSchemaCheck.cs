using System.Text.Json;
using MedGemma.Agents.Inference.Grammars;
using MedGemma.Agents.Planning.Agents;

namespace MedGemma.Agents.Host.Composition.Agents;

/// <summary>A model can be held to a schema when a grammar can be made of it.</summary>
internal sealed class GrammarSchemaCheck : IOutputSchemaCheck
{
    public string? FindProblem(JsonElement schema) => JsonSchemaGrammar.Compile(schema) is GrammarResult.Refused refused ? $"no grammar can be made of it: {refused}" : null;
}
