using System.Text.Json;
using System.Text.Json.Nodes;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Json;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>
/// Makes a record query of what a model wrote, and lets only such names through as a lookup in this record or in the vocabulary resolves. A model writes any
/// text it likes where there is no grammar: whatever is not a query is refused with words it can act on.
/// </summary>
internal sealed class PlanQueryReader(ConceptCheck concepts)
{
    /// <summary>Reads a query.</summary>
    /// <param name="json">As the model wrote it.</param>
    /// <param name="context">The record and the turn's results.</param>
    /// <param name="query">The query, when there is one.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public ToolFailure? Read(JsonElement json, RecordToolContext context, out RecordQuery? query)
    {
        query = null;
        if (json.ValueKind != JsonValueKind.Object || JsonObject.Create(json) is not { } written)
            return Wrong("The arguments are an object.");

        try
        {
            return Read(written, context, out query);
        }
        catch (ArgumentException)
        {
            // A member twice is noticed when members are looked up.
            return Wrong("A member is written twice.");
        }
    }

    private ToolFailure? Read(JsonObject written, RecordToolContext context, out RecordQuery? query)
    {
        query = null;
        if (TranslateSelection(written["selection"], context) is { } problem)
            return problem;

        if ((written["aggregate"] as JsonObject)?["until"] is { } until && TranslateSelection(until, context) is { } untilProblem)
            return untilProblem;

        if (TextOf(written["element"]) == "text")
            return Wrong("The text of documents is not given to a plan.");

        if (!RecordQueryJson.TryRead(written.ToJsonString(), out var read, out _))
            return Wrong("The query does not match the schema of query_record.");

        if (concepts.Find(read.Selection, context.Record) is { } unknown)
            return unknown;

        if (read.Aggregate is TimeBetweenAggregate { Until: { } second } && concepts.Find(second, context.Record) is { } unknownUntil)
            return unknownUntil;

        query = read;
        return null;
    }

    /// <summary>Puts the window's dates and the encounter's reference in the place of what the model wrote for them.</summary>
    private static ToolFailure? TranslateSelection(JsonNode? node, RecordToolContext context)
    {
        if (node is not JsonObject selection)
            return null;

        if (selection["window"] is { } wanted)
        {
            using var window = JsonDocument.Parse(wanted.ToJsonString());
            if (new PlanWindowReader(context).Read(window.RootElement, out var made) is { } problem)
                return problem;

            if (ResultHandle.TryParse(TextOf((wanted as JsonObject)?["of"]), out var chosenBy))
                RestOn(selection, chosenBy, context);

            selection["window"] = JsonSerializer.SerializeToNode(made, RecordQueryJson.Options);
        }

        if (selection["encounter"] is not { } named)
            return null;

        if (!ResultHandle.TryParse(TextOf(named), out var handle) || handle.Value is null)
            return Wrong("An encounter is named by the handle of a value, such as r1.1.");

        if (context.ValuesOf(handle) is not [{ Evidence: [{ Resource: { Type: "Encounter" } encounter }, ..] }])
            return ToolFailure.Of(ToolFailureKind.UnknownHandle, $"{handle} is no encounter that was found in this turn and is still kept.");

        RestOn(selection, handle, context);
        selection["encounter"] = encounter.ToString();
        return null;
    }

    /// <summary>With more of what chose the window or the encounter, another might have been the one.</summary>
    private static void RestOn(JsonObject selection, ResultHandle handle, RecordToolContext context)
    {
        var chosen = context.ResultOf(handle)!.Query.Selection;
        var already = selection["restsOn"]?.Deserialize<List<RecordKind>>(RecordQueryJson.Options) ?? [];
        selection["restsOn"] = JsonSerializer.SerializeToNode(already.Union(chosen.Kinds).Union(chosen.RestsOn).ToList(), RecordQueryJson.Options);
    }

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static ToolFailure Wrong(string message) => ToolFailure.Of(ToolFailureKind.WrongArguments, message);
}
