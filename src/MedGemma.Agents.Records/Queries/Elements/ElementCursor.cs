using System.Text.Json;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>A place in a resource: its JSON and the FHIRPath that leads there.</summary>
internal readonly record struct ElementCursor(RecordResource Holder, JsonElement Json, string Path)
{
    public static ElementCursor Of(RecordResource resource) => new(resource, resource.Json, resource.Key.Type);

    /// <summary>The text of a primitive string, or null.</summary>
    public string? Text => Json.ValueKind == JsonValueKind.String ? Json.GetString() : null;

    public bool TryChild(string name, out ElementCursor child)
    {
        child = default;
        if (Json.ValueKind != JsonValueKind.Object || !Json.TryGetProperty(name, out var json) || json.ValueKind == JsonValueKind.Null)
            return false;

        child = new ElementCursor(Holder, json, $"{Path}.{name}");
        return true;
    }

    /// <summary>The items of a repeating element, or the one of a single element.</summary>
    public IEnumerable<ElementCursor> Children(string name)
    {
        if (!TryChild(name, out var child))
            yield break;

        if (child.Json.ValueKind != JsonValueKind.Array)
        {
            yield return child;
            yield break;
        }

        var index = 0;
        foreach (var item in child.Json.EnumerateArray())
            yield return new ElementCursor(Holder, item, $"{child.Path}[{index++}]");
    }

    /// <summary>Follows several names, taking every item of repeating elements.</summary>
    public IEnumerable<ElementCursor> Descend(params string[] names)
    {
        IEnumerable<ElementCursor> level = [this];
        foreach (var name in names)
            level = level.SelectMany(cursor => cursor.Children(name));
        return level;
    }

    /// <summary>The element of a choice such as <c>value[x]</c>, whatever its type.</summary>
    public bool TryChoice(string stem, out ElementCursor child, out string type)
    {
        if (Json.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in Json.EnumerateObject())
            {
                if (property.Name.Length <= stem.Length
                    || !property.Name.StartsWith(stem, StringComparison.Ordinal)
                    || !ChoiceTypes.TryGetName(property.Name.AsSpan(stem.Length), out var name))
                    continue;

                type = name;
                child = new ElementCursor(Holder, property.Value, $"{Path}.{stem}.ofType({name})");
                return true;
            }
        }

        child = default;
        type = "";
        return false;
    }

    public ElementValue ToValue() => new(Holder, Path, Json);
}
