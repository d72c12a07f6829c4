using System.Text.Json;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads Quantity and Range with their units.</summary>
internal static class Quantities
{
    /// <summary>The value of a Quantity with unit and comparator, or null when it has no number.</summary>
    public static ElementValue? Read(ElementCursor quantity)
    {
        if (!quantity.TryChild("value", out var value) || value.Json.ValueKind != JsonValueKind.Number)
            return null;

        var unit = quantity.TryChild("unit", out var written) && !string.IsNullOrWhiteSpace(written.Text) ? written.Text : null;
        var code = quantity.TryChild("code", out var coded) ? coded.Text : null;
        return value.ToValue() with
        {
            Unit = unit ?? code,
            UnitPath = unit is not null ? written.Path : code is not null ? coded.Path : null,
            UnitCode = unit is not null && code is not null && code != unit && IsUcum(quantity) ? code : null,
            Comparator = quantity.TryChild("comparator", out var comparator) ? comparator.Text : null,
        };
    }

    /// <summary>The number of a Quantity, or low and high of a Range.</summary>
    public static IEnumerable<ElementValue> ReadChoice(ElementCursor at, string type)
    {
        if (type == "Range")
        {
            foreach (var (name, label) in new[] { ("low", "low"), ("high", "high") })
            {
                if (at.TryChild(name, out var bound) && Read(bound) is { } value)
                    yield return value with { Label = label };
            }
        }
        else if (Read(at) is { } value)
        {
            yield return value;
        }
    }

    private static bool IsUcum(ElementCursor quantity) =>
        quantity.TryChild("system", out var system) && system.Text == "http://unitsofmeasure.org";
}
