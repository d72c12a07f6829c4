using System.Text;
using System.Text.Json;

namespace MedGemma.Agents.Planning.Prompts;

/// <summary>
/// Writes a JSON Schema in a few words for a model to read, as types are written in TypeScript: a seventh of the schema's own length. What a model writes is held to
/// the schema itself.
/// </summary>
internal static class SchemaNotation
{
    /// <summary>Writes a schema.</summary>
    public static string Write(JsonElement schema)
    {
        var text = new StringBuilder();
        Write(text, schema, default);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement schema, JsonElement outer)
    {
        if (schema.TryGetProperty("anyOf", out var branches))
        {
            text.AppendJoin(" | ", branches.EnumerateArray().Select(branch =>
            {
                var inner = new StringBuilder();
                Write(inner, branch, schema);
                return inner.ToString();
            }));
        }
        else if (schema.TryGetProperty("enum", out var values))
        {
            text.AppendJoin('|', values.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()));
        }
        else if (schema.TryGetProperty("properties", out var properties))
        {
            WriteMembers(text, schema, properties, outer);
        }
        else if (schema.TryGetProperty("items", out var items))
        {
            text.Append('[');
            Write(text, items, default);
            text.Append(", ...]");
        }
        else
        {
            text.Append(WordFor(schema));
        }
    }

    private static void WriteMembers(StringBuilder text, JsonElement schema, JsonElement properties, JsonElement outer)
    {
        var required = Required(schema).Concat(Required(outer)).ToHashSet(StringComparer.Ordinal);
        text.Append('{');
        var first = true;
        foreach (var member in properties.EnumerateObject())
        {
            text.Append(first ? "" : ", ").Append(member.Name).Append(required.Contains(member.Name) ? ": " : "?: ");
            Write(text, member.Value, default);
            first = false;
        }

        text.Append('}');
    }

    private static IEnumerable<string> Required(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];

    private static string WordFor(JsonElement schema) => schema.TryGetProperty("format", out var format) ? format.GetString()!
        : schema.TryGetProperty("pattern", out var pattern) && pattern.GetString()!.StartsWith("^r", StringComparison.Ordinal) ? "handle"
        : schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()!
        : "any";
}
