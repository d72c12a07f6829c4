using System.Text.Json.Nodes;
using NJsonSchema;

namespace MedGemma.Agents.Inference.Tests.Grammars;

/// <summary>
/// An independent validator: NJsonSchema. It reads draft 4 with parts of later drafts, so <c>const</c>, <c>nullable</c> and <c>$defs</c> are said to it as
/// <c>enum</c>, a type union and <c>definitions</c>, which mean the same; it counts the length of a text in UTF-16 units.
/// </summary>
internal sealed class SchemaJudge
{
    private readonly JsonSchema _schema;

    private SchemaJudge(JsonSchema schema) => _schema = schema;

    public static async Task<SchemaJudge> For(JsonNode schema)
    {
        var translated = Translated(schema.DeepClone())!.AsObject();

        // A root that is a reference is not resolved when definitions stand beside it.
        if (!translated.ContainsKey("$ref"))
            return new(await JsonSchema.FromJsonAsync(translated.ToJsonString()));

        translated.Remove("definitions", out var definitions);
        return new(await JsonSchema.FromJsonAsync(new JsonObject { ["allOf"] = new JsonArray(translated), ["definitions"] = definitions ?? new JsonObject() }.ToJsonString()));
    }

    public bool Accepts(string json) => _schema.Validate(json).Count == 0;

    public string Complaints(string json) => string.Join("; ", _schema.Validate(json));

    private static JsonNode? Translated(JsonNode? node)
    {
        if (node is JsonArray items)
            return new JsonArray([.. items.Select(item => Translated(item?.DeepClone()))]);
        if (node is not JsonObject schema)
            return node;

        var made = new JsonObject();
        foreach (var (name, value) in schema)
        {
            if (name == "const")
                made["enum"] = new JsonArray(value?.DeepClone());
            else if (name == "enum")
                made["enum"] = value!.DeepClone();
            else if (name == "$defs")
                made["definitions"] = Translated(value);
            else if (name == "$ref")
                made["$ref"] = ((string)value!).Replace("$defs", "definitions", StringComparison.Ordinal);
            else if (name == "nullable")
                continue;
            else if (name == "type" && schema.ContainsKey("nullable"))
                made["type"] = new JsonArray(value!.DeepClone(), "null");
            else
                made[name] = Translated(value?.DeepClone());
        }

        return made;
    }
}
