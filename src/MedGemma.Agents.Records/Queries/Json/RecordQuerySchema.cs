using System.ComponentModel;
using System.Reflection;
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

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var provider = context.PropertyInfo?.AttributeProvider ?? (ICustomAttributeProvider)context.TypeInfo.Type;
        var description = provider.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false).OfType<DescriptionAttribute>().FirstOrDefault()
            ?? context.PropertyInfo?.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), false).OfType<DescriptionAttribute>().FirstOrDefault();
        if (description is null || schema is not JsonObject described)
            return schema;

        described.Insert(0, "description", description.Description);
        return described;
    }
}
