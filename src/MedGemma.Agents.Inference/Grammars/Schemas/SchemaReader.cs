using System.Globalization;
using System.Text.Json;

namespace MedGemma.Agents.Inference.Grammars.Schemas;

/// <summary>Reads one schema; whatever it does not know or cannot hold is refused.</summary>
internal sealed class SchemaReader(SchemaNode node, JsonElement schema, int depth, RefusalList refusals)
{
    /// <summary>Longest string and array that may be bounded: each step costs the engine a rule.</summary>
    public const int LargestCount = 10_000;

    /// <summary>A name that additional members must differ from is spelled out character by character, one inside the other.</summary>
    private const int LongestName = 200;

    private const int MostBranches = 200;

    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "$schema", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "example", "deprecated", "readOnly", "writeOnly",
    };

    private bool _nullable;

    public void Read()
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            node.Types = schema.GetBoolean() ? SchemaTypes.All : SchemaTypes.None;
            return;
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            Refuse("schema", "must be an object or a boolean");
            return;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Annotations.Contains(keyword.Name))
                ReadKeyword(keyword.Name, keyword.Value);
        }

        if (_nullable)
            ReadNullable();
    }

    private void ReadKeyword(string name, JsonElement value)
    {
        switch (name)
        {
            case "type":
                ReadType(value);
                break;
            case "enum" or "const":
                ReadValues(name, value);
                break;
            case "$ref":
                ReadReference(value);
                break;
            case "allOf":
                node.AllOf.AddRange(Branches(name, value));
                break;
            case "anyOf" or "oneOf":
                node.Groups.Add(new SchemaGroup(node.Document.NextIdentity(), node, name, [.. Branches(name, value)]));
                break;
            case "properties":
                ReadProperties(value);
                break;
            case "required":
                ReadRequired(value);
                break;
            case "additionalProperties":
                node.AdditionalProperties = Child(name, value);
                break;
            case "items":
                if (value.ValueKind == JsonValueKind.Array)
                    Refuse(name, "one schema for all items is supported, a list of them is not");
                else
                    node.Items = Child(name, value);
                break;
            case "minItems" or "maxItems" or "minLength" or "maxLength":
                ReadCount(name, value);
                break;
            case "pattern" or "format":
                ReadText(name, value);
                break;
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                ReadBound(name, value);
                break;
            case "nullable" when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                _nullable = value.GetBoolean();
                break;
            case "uniqueItems" when value.ValueKind == JsonValueKind.False:
                break;
            default:
                Refuse(name, "not supported");
                break;
        }
    }

    private void ReadType(JsonElement value)
    {
        var names = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new List<JsonElement> { value };
        var types = SchemaTypes.None;
        foreach (var name in names)
        {
            var type = name.ValueKind == JsonValueKind.String ? SchemaTypeNames.Named(name.GetString()) : SchemaTypes.None;
            if (type == SchemaTypes.None)
                Refuse("type", $"unknown type {name.GetRawText()}");

            types |= type;
        }

        node.Types &= types;
    }

    private void ReadValues(string keyword, JsonElement value)
    {
        if (node.Values is not null)
            Refuse(keyword, "const beside enum is not supported");
        else if (keyword == "const")
            node.Values = [value];
        else if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
            Refuse(keyword, "must be a list of at least one value");
        else
            node.Values = [.. value.EnumerateArray()];
    }

    private void ReadReference(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { } reference)
            Refuse("$ref", "must be a text");
        else if (reference != "#" && !reference.StartsWith("#/", StringComparison.Ordinal))
            Refuse("$ref", "only references into the same document (#/...) are supported");
        else
            node.Reference = reference;
    }

    private IEnumerable<SchemaNode> Branches(string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            Refuse(keyword, "must be a list of at least one schema");
            return [];
        }

        if (value.GetArrayLength() > MostBranches)
        {
            Refuse(keyword, string.Create(CultureInfo.InvariantCulture, $"more than {MostBranches} branches are not supported"));
            return [];
        }

        var pointer = SchemaDocument.Pointer(node.Pointer, keyword);
        return [.. value.EnumerateArray().Select((branch, i) => node.Document.Read(branch, SchemaDocument.Pointer(pointer, i.ToString(CultureInfo.InvariantCulture)), depth + 1))];
    }

    private void ReadProperties(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Refuse("properties", "must be an object");
            return;
        }

        var pointer = SchemaDocument.Pointer(node.Pointer, "properties");
        CheckNames("properties", value.EnumerateObject().Select(property => property.Name));
        foreach (var property in value.EnumerateObject())
            node.Properties[property.Name] = node.Document.Read(property.Value, SchemaDocument.Pointer(pointer, property.Name), depth + 1);
    }

    private void ReadRequired(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
            Refuse("required", "must be a list of names");
        else
            node.Required.AddRange(value.EnumerateArray().Select(name => name.GetString()!).Distinct(StringComparer.Ordinal));

        CheckNames("required", node.Required);
    }

    private void CheckNames(string keyword, IEnumerable<string> names)
    {
        if (names.Any(name => name.Length > LongestName))
            Refuse(keyword, string.Create(CultureInfo.InvariantCulture, $"names longer than {LongestName} characters are not supported"));
    }

    private void ReadCount(string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var number) || number < 0 || number != decimal.Truncate(number))
        {
            Refuse(keyword, "must be an integer from 0");
            return;
        }

        if (number > LargestCount)
        {
            Refuse(keyword, string.Create(CultureInfo.InvariantCulture, $"more than {LargestCount} is not supported"));
            return;
        }

        var count = (int)number;
        switch (keyword)
        {
            case "minItems":
                node.MinItems = count;
                break;
            case "maxItems":
                node.MaxItems = count;
                break;
            case "minLength":
                node.MinLength = count;
                break;
            default:
                node.MaxLength = count;
                break;
        }
    }

    private void ReadText(string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            Refuse(keyword, "must be a text");
        else if (keyword == "pattern")
            node.Pattern = value.GetString();
        else if (value.GetString() is "date" or "date-time")
            node.Format = value.GetString();
        else
            Refuse(keyword, $"{value.GetRawText()} is not supported; date and date-time are");
    }

    private void ReadBound(string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            Refuse(keyword, "must be a number");
            return;
        }

        node.BoundKeyword ??= keyword;

        // What a decimal cannot hold lies far outside of what an integer of 64 bits reaches, on the side of its sign.
        var number = value.TryGetDecimal(out var exact) ? exact : value.GetRawText()[0] == '-' ? decimal.MinValue : decimal.MaxValue;
        if (keyword is "minimum" or "exclusiveMinimum")
        {
            var lowest = keyword == "minimum" ? decimal.Ceiling(number) : decimal.Floor(number) + (number == decimal.MaxValue ? 0 : 1);
            node.Minimum = Math.Max(node.Minimum ?? long.MinValue, Clamp(lowest));
            if (lowest > long.MaxValue)
                Refuse(keyword, "is beyond 64 bits");
        }
        else
        {
            var highest = keyword == "maximum" ? decimal.Floor(number) : decimal.Ceiling(number) - (number == decimal.MinValue ? 0 : 1);
            node.Maximum = Math.Min(node.Maximum ?? long.MaxValue, Clamp(highest));
            if (highest < long.MinValue)
                Refuse(keyword, "is beyond 64 bits");
        }
    }

    private void ReadNullable()
    {
        if (!schema.TryGetProperty("type", out _) || node.Reference is not null || node.Groups.Count > 0 || node.AllOf.Count > 0)
            Refuse("nullable", "is supported beside type, and not beside $ref, anyOf, oneOf or allOf");
        else
            node.Types |= SchemaTypes.Null;
    }

    private static long Clamp(decimal number) => (long)decimal.Clamp(number, long.MinValue, long.MaxValue);

    private SchemaNode Child(string keyword, JsonElement value) => node.Document.Read(value, SchemaDocument.Pointer(node.Pointer, keyword), depth + 1);

    private void Refuse(string keyword, string reason) => refusals.Add(node.Pointer, keyword, reason);
}
