using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace MedGemma.Agents.Records.Queries.Json;

/// <summary>The JSON Schema of a record query, for models that write queries under a grammar and for tools that call them.</summary>
public static class RecordQuerySchema
{
    private static readonly Lazy<string> Text = new(() => Export().ToJsonString(new() { WriteIndented = true }));

    /// <summary>The schema as JSON text (draft 2020-12, https://json-schema.org/draft/2020-12).</summary>
    public static string Json => Text.Value;

    private static JsonNode Export()
    {
        var exporter = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };
        return RecordQueryJson.Options.GetJsonSchemaAsNode(typeof(RecordQuery), exporter);
    }

    /// <summary>Adds descriptions, and writes <c>const</c> as an <c>enum</c> of one, which every grammar compiler and validator reads.</summary>
    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.PropertyInfo is { } property && schema is JsonObject described
            && QueryDescriptions.Of(property.DeclaringType, property.Name) is { } description)
            described.Insert(0, "description", description);
        if (schema is JsonObject constant && constant.Remove("const", out var only))
            constant["enum"] = new JsonArray(only);
        return schema;
    }
}
