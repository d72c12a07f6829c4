using System.Text.Json;
using System.Text.Json.Nodes;
using MedGemma.Agents.Records.Queries.Json;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>
/// The schema of a query as a model writes it: the published one of <see cref="RecordQuerySchema"/>, made from it and never beside it, without references, with
/// every text and list bounded (what a grammar allows, a model may write for ever), and with three differences. A window is asked for and computed by the program,
/// because a model is bad at dates; an encounter is named by the handle of a result, because a model must not spell ids; the text of notes cannot be asked for.
/// </summary>
internal static class PlanQuerySchema
{
    private const int MostKinds = 6;
    private const int MostNames = 8;

    private static readonly Lazy<JsonObject> Whole = new(Make);

    /// <summary>The schema of a query; a copy.</summary>
    public static JsonObject Query() => (JsonObject)Whole.Value.DeepClone();

    /// <summary>The schema of a selection; a copy.</summary>
    public static JsonObject Selection() => (JsonObject)Whole.Value["properties"]!["selection"]!.DeepClone();

    /// <summary>The schema of a window; a copy.</summary>
    public static JsonObject Window() => (JsonObject)JsonNode.Parse($$"""
        {
          "description": "When; leave out for all time up to the question. The program works out the dates.",
          "anyOf": [
            { "type": "object", "description": "The last so many units up to the question.", "required": ["last", "unit"], "additionalProperties": false,
              "properties": { "last": { "type": "integer", "minimum": 1, "maximum": 1000 }, "unit": { "enum": ["hour", "day", "week", "month", "year"] } } },
            { "type": "object", "description": "A calendar year, or a month of it.", "required": ["year"], "additionalProperties": false,
              "properties": { "year": { "type": "integer", "minimum": 1900, "maximum": 2199 }, "month": { "type": "integer", "minimum": 1, "maximum": 12 } } },
            { "type": "object", "description": "From a first day, through a last day.", "required": ["from"], "additionalProperties": false,
              "properties": { "from": { "type": "string", "format": "date" }, "through": { "type": "string", "format": "date" } } },
            { "type": "object", "description": "Up to and with a day.", "required": ["through"], "additionalProperties": false,
              "properties": { "through": { "type": "string", "format": "date" } } },
            { "type": "object", "description": "During, before or after something found: the handle of a value.", "required": ["relation", "of"], "additionalProperties": false,
              "properties": { "relation": { "enum": ["during", "before", "after"] }, "of": { "type": "string", "pattern": {{JsonSerializer.Serialize(ResultHandle.ValuePattern)}} } } }
          ]
        }
        """)!;

    private static JsonObject Make()
    {
        var published = JsonNode.Parse(RecordQuerySchema.Json)!.AsObject();
        var schema = (JsonObject)Inline(published, published, 0)!;
        var aggregate = schema["properties"]!["aggregate"]!.AsObject();
        Bound(schema);
        LimitSelection(schema["properties"]!["selection"]!.AsObject());
        var branches = aggregate["anyOf"]!.AsArray();
        LimitSelection(Branch(branches, "time-between")["properties"]!["until"]!.AsObject());

        // A group of groups is no query.
        var each = Branch(branches, "group")["properties"]!["each"]!["anyOf"]!.AsArray();
        each.Remove(Branch(each, "group"));
        each.Remove(Branch(each, "time-between"));
        each.Remove(Branch(each, "calculate"));

        // Formulas have a tool of their own.
        branches.Remove(Branch(branches, "calculate"));

        var elements = schema["properties"]!["element"]!["enum"]!.AsArray();
        elements.Remove(elements.Single(element => (string?)element == "text"));
        return schema;
    }

    private static JsonObject Branch(JsonArray branches, string kind) =>
        branches.Select(branch => branch!.AsObject()).Single(branch => (string?)branch["properties"]!["kind"]!["enum"]![0] == kind);

    private static void LimitSelection(JsonObject selection)
    {
        var properties = selection["properties"]!.AsObject();
        // What a selection was chosen by is the program's to say.
        properties.Remove("restsOn");
        properties["window"] = Window();
        properties["encounter"] = new JsonObject
        {
            ["description"] = "Only resources of this encounter and its parts: the handle of a value that is an encounter.",
            ["type"] = "string",
            ["pattern"] = ResultHandle.ValuePattern,
        };
        properties["kinds"]!["maxItems"] = MostKinds;
    }

    /// <summary>Nothing is null, and nothing is without end.</summary>
    private static void Bound(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                Bound(item);
            return;
        }

        if (node is not JsonObject schema)
            return;

        schema.Remove("default");
        if (schema["type"] is JsonArray types)
            schema["type"] = types.Select(type => (string)type!).Single(type => type != "null");
        switch ((string?)(schema["type"] as JsonValue))
        {
            case "string" when !schema.ContainsKey("format"):
                schema["minLength"] = 1;
                schema["maxLength"] = Prompts.PromptText.LongestName;
                break;
            case "integer":
                schema["minimum"] = -1000;
                schema["maximum"] = 1000;
                break;
            case "array" when !schema.ContainsKey("maxItems"):
                schema["maxItems"] = MostNames;
                break;
        }

        foreach (var (name, child) in schema.ToArray())
        {
            if (name is not ("enum" or "required"))
                Bound(child);
        }
    }

    private static JsonNode? Inline(JsonNode? node, JsonObject root, int depth)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(item => Inline(item, root, depth))]);
            case JsonObject schema when (string?)schema["$ref"] is { } reference:
                // What refers to what it stands in is cut where it would be a group of groups, which is taken away above.
                return depth > 2 ? new JsonObject { ["type"] = "object" } : Inline(Find(root, reference), root, depth + 1);
            case JsonObject schema:
                var made = new JsonObject();
                foreach (var (name, child) in schema)
                    made[name] = Inline(child, root, depth);
                return made;
            default:
                return node?.DeepClone();
        }
    }

    private static JsonNode Find(JsonObject root, string reference)
    {
        JsonNode place = root;
        foreach (var step in reference.Split('/').Skip(1))
            place = place is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : place[step]!;
        return place;
    }
}
