using System.Text.Json;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Inference.Grammars;
using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace MedGemma.Agents.Host.Tests.Agents;

public sealed class ShippedAgentTests
{
    [Fact]
    public void A_grammar_can_be_made_of_every_agents_output_and_of_every_tools_arguments()
    {
        using var services = CommandServices.Build();

        foreach (var agent in services.GetRequiredService<AgentCatalog>().All)
            Assert.Equal((agent.Name, ""), (agent.Name, Problem(agent.OutputSchema)));
        foreach (var tool in services.GetRequiredService<IReadOnlyList<IRecordTool>>())
            Assert.Equal((tool.Name, ""), (tool.Name, Problem(tool.Parameters)));
    }

    [Fact]
    public void No_tool_has_a_patient_among_its_arguments()
    {
        using var services = CommandServices.Build();

        foreach (var tool in services.GetRequiredService<IReadOnlyList<IRecordTool>>())
        {
            Assert.DoesNotContain(Members(tool.Parameters), name => name.Contains("patient", StringComparison.OrdinalIgnoreCase) || name.Contains("subject", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain("\"$ref\"", tool.Parameters.GetRawText(), StringComparison.Ordinal);
        }
    }

    private static string Problem(JsonElement schema) => JsonSchemaGrammar.Compile(schema) is GrammarResult.Refused refused ? refused.ToString()! : "";

    private static IEnumerable<string> Members(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().SelectMany(member => (member.Name == "properties" && member.Value.ValueKind == JsonValueKind.Object
            ? member.Value.EnumerateObject().Select(property => property.Name) : []).Concat(Members(member.Value))),
        JsonValueKind.Array => schema.EnumerateArray().SelectMany(Members),
        _ => [],
    };
}
