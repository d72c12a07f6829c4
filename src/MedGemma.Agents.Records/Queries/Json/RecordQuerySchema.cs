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
        var schema = RecordQueryJson.Options.GetJsonSchemaAsNode(typeof(RecordQuery), exporter);
        WriteConstantsAsEnums(schema);
        return schema;
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.PropertyInfo is not { } property || schema is not JsonObject described)
            return schema;

        if (QueryDescriptions.Of(property.DeclaringType, property.Name) is { } description)
            described.Insert(0, "description", description);
        if (property.DeclaringType == typeof(RecordSelection) && property.Name == "kinds")
            described["minItems"] = 1;
        return schema;
    }

    /// <summary>An <c>enum</c> of one says the same as a <c>const</c>, and every validator and grammar compiler reads it.</summary>
    private static void WriteConstantsAsEnums(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                WriteConstantsAsEnums(item);
        }
        else if (node is JsonObject schema)
        {
            if (schema.Remove("const", out var only))
                schema["enum"] = new JsonArray(only);
            foreach (var (_, child) in schema)
                WriteConstantsAsEnums(child);
        }
    }
}
