using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace MedGemma.Agents.Inference.Tests.Grammars;

/// <summary>
/// An independent validator: JsonSchema.Net, by draft 2020-12. <c>nullable</c>, which is OpenAPI's, is said to it as a type union; lengths of texts are said to it as patterns,
/// because it counts grapheme clusters where the standard counts characters; and numbers too large for its decimals are said to it as one that lies beyond every bound too.
/// </summary>
internal sealed class SchemaJudge
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly JsonSchema _schema;

    private SchemaJudge(JsonSchema schema) => _schema = schema;

    public static SchemaJudge For(JsonNode schema) => new(JsonSchema.FromText(Translated(schema)!.ToJsonString()));

    public bool Accepts(string json) => Evaluate(json).IsValid;

    public string Complaints(string json) => string.Join("; ", (Evaluate(json).Details ?? []).SelectMany(detail => detail.Errors ?? []).Select(error => $"{error.Key}: {error.Value}"));

    /// <summary>The text with its too large numbers made readable; <see cref="RandomSchemas"/> knows no bound beyond ten to the thirteenth.</summary>
    private static byte[] Readable(string json)
    {
        var text = Encoding.UTF8.GetBytes(json);
        var made = new MemoryStream();
        var copied = 0;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 1000 });
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.Number || reader.TryGetDecimal(out _))
                continue;

            made.Write(text.AsSpan(copied, (int)reader.TokenStartIndex - copied));
            made.Write(reader.ValueSpan[0] == '-' ? "-100000000000000000000"u8 : "100000000000000000000"u8);
            copied = (int)reader.TokenStartIndex + reader.ValueSpan.Length;
        }

        made.Write(text.AsSpan(copied));
        return made.ToArray();
    }

    private static JsonNode? Translated(JsonNode? node)
    {
        if (node is JsonArray items)
            return new JsonArray([.. items.Select(Translated)]);
        if (node is not JsonObject schema)
            return node?.DeepClone();

        var made = new JsonObject();
        foreach (var (name, value) in schema)
        {
            if (name is "nullable" or "minLength" or "maxLength")
                continue;

            made[name] = name is "const" or "enum" ? value?.DeepClone()
                : name == "type" && schema.ContainsKey("nullable") ? new JsonArray(value!.DeepClone(), "null")
                : Translated(value);
        }

        if (schema.ContainsKey("minLength") || schema.ContainsKey("maxLength"))
        {
            // A character outside the basic plane is two in .NET's expressions, and their $ comes before a line break at the end as well.
            var length = $"{{{schema["minLength"] ?? 0},{schema["maxLength"]}}}";
            var pattern = new JsonObject { ["pattern"] = @"^(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\uD800-\uDFFF])" + length + @"(?![\s\S])" };
            made["allOf"] = new JsonArray([pattern, .. (made["allOf"]?.AsArray() ?? []).Select(part => part?.DeepClone())]);
        }

        return made;
    }

    private EvaluationResults Evaluate(string json)
    {
        using var document = JsonDocument.Parse(Readable(json), new JsonDocumentOptions { MaxDepth = 1000 });
        return _schema.Evaluate(document.RootElement, Options);
    }
}
