using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace MedGemma.Agents.Inference.Tests.Grammars;

/// <summary>
/// An independent validator: JsonSchema.Net, by draft 2020-12. <c>nullable</c>, which is OpenAPI's, is said to it as a type union. It counts the length of a text in
/// grapheme clusters where the standard counts characters, so texts for it are made of characters that do not combine; it takes a line end of two characters for one, and
/// reads no number that is too large for a decimal.
/// </summary>
internal sealed class SchemaJudge
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly JsonSchema _schema;

    private SchemaJudge(JsonSchema schema) => _schema = schema;

    public static SchemaJudge For(JsonNode schema) => new(JsonSchema.FromText(Translated(schema)!.ToJsonString()));

    /// <summary>Whether a text is JSON whose every number and text it reads as the standard does.</summary>
    public static bool CanRead(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
            return CanRead(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public bool Accepts(string json) => Evaluate(json).IsValid;

    public string Complaints(string json) => string.Join("; ", (Evaluate(json).Details ?? []).SelectMany(detail => detail.Errors ?? []).Select(error => $"{error.Key}: {error.Value}"));

    private static bool CanRead(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetDecimal(out _),
        JsonValueKind.String => !element.GetString()!.Contains("\r\n", StringComparison.Ordinal),
        JsonValueKind.Array => element.EnumerateArray().All(CanRead),
        JsonValueKind.Object => element.EnumerateObject().All(member => CanRead(member.Value)),
        _ => true,
    };

    private static JsonNode? Translated(JsonNode? node)
    {
        if (node is JsonArray items)
            return new JsonArray([.. items.Select(Translated)]);
        if (node is not JsonObject schema)
            return node?.DeepClone();

        var made = new JsonObject();
        foreach (var (name, value) in schema)
        {
            if (name == "nullable")
                continue;

            made[name] = name is "const" or "enum" ? value?.DeepClone()
                : name == "type" && schema.ContainsKey("nullable") ? new JsonArray(value!.DeepClone(), "null")
                : Translated(value);
        }

        return made;
    }

    private EvaluationResults Evaluate(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
        return _schema.Evaluate(document.RootElement, Options);
    }
}
