using System.Text.Json;

namespace MedGemma.Agents.Inference.Grammars.Schemas;

/// <summary>The types of JSON values; a JSON Schema <c>number</c> is an integer or a fraction.</summary>
[Flags]
internal enum SchemaTypes
{
    None = 0,
    Object = 1,
    Array = 2,
    String = 4,
    Integer = 8,
    Fraction = 16,
    Boolean = 32,
    Null = 64,
    Number = Integer | Fraction,
    All = Object | Array | String | Number | Boolean | Null,
}

/// <summary>Types by name and by value.</summary>
internal static class SchemaTypeNames
{
    public static SchemaTypes Named(string? name) => name switch
    {
        "object" => SchemaTypes.Object,
        "array" => SchemaTypes.Array,
        "string" => SchemaTypes.String,
        "integer" => SchemaTypes.Integer,
        "number" => SchemaTypes.Number,
        "boolean" => SchemaTypes.Boolean,
        "null" => SchemaTypes.Null,
        _ => SchemaTypes.None,
    };

    public static SchemaTypes Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => SchemaTypes.Object,
        JsonValueKind.Array => SchemaTypes.Array,
        JsonValueKind.String => SchemaTypes.String,
        JsonValueKind.Number => value.TryGetDecimal(out var number) && number == decimal.Truncate(number) ? SchemaTypes.Integer : SchemaTypes.Fraction,
        JsonValueKind.True or JsonValueKind.False => SchemaTypes.Boolean,
        _ => SchemaTypes.Null,
    };
}
