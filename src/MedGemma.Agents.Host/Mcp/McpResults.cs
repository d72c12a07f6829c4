using System.Text.Json;
using System.Text.Json.Nodes;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Json;
using ModelContextProtocol.Protocol;

namespace MedGemma.Agents.Host.Mcp;

/// <summary>What a tool gave, for an MCP client: text for a model to read, and each value with its evidence for a program. Failures are results, as the protocol asks.</summary>
internal static class McpResults
{
    /// <summary>The result of a call.</summary>
    public static CallToolResult Of(ToolOutcome outcome, FoundResults found, PatientRecord record) => outcome switch
    {
        ToolOutcome.Queried(var results) => Queried(results, found.Add(results), record),
        ToolOutcome.Explained(var text) => new CallToolResult { Content = [new TextContentBlock { Text = text }] },
        ToolOutcome.Failed(var failure) => Failed(failure),
        _ => throw new InvalidOperationException($"An outcome of the unknown kind {outcome.GetType().Name}."),
    };

    /// <summary>The result for a caller who may not read the record.</summary>
    public static CallToolResult Refused() => new() { IsError = true, Content = [new TextContentBlock { Text = "There is no such record." }] };

    private static CallToolResult Failed(ToolFailure failure) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = failure.Suggestions.Count == 0 ? failure.Message : $"{failure.Message} There is: {string.Join("; ", failure.Suggestions)}." }],
        StructuredContent = JsonSerializer.SerializeToElement(new JsonObject
        {
            ["failure"] = JsonNamingPolicy.KebabCaseLower.ConvertName(failure.Kind.ToString()),
            ["suggestions"] = new JsonArray([.. failure.Suggestions.Select(name => (JsonNode)name)]),
        }),
    };

    private static CallToolResult Queried(IReadOnlyList<QueryResult> results, int first, PatientRecord record) => new()
    {
        Content = [new TextContentBlock { Text = string.Concat(results.Select((result, i) => ResultTables.Write(result, first + i, record))) }],
        StructuredContent = JsonSerializer.SerializeToElement(new JsonObject
        {
            ["results"] = new JsonArray([.. results.Select((result, i) => ToJson(result, first + i, record))]),
        }),
    };

    private static JsonObject ToJson(QueryResult result, int number, PatientRecord record) => new JsonObject
    {
        ["handle"] = new ResultHandle(number, null).ToString(),
        ["outcome"] = JsonNamingPolicy.KebabCaseLower.ConvertName(result.Outcome.ToString()),
        ["dependsOnMissing"] = result.DependsOnMissing,
        ["notCompleteTypes"] = new JsonArray([.. result.Missing.Select(type => (JsonNode)type)]),
        ["values"] = JsonSerializer.SerializeToNode(ShownValues.Of(result.Values, record), RecordQueryJson.Options),
    };
}
