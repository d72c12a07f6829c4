using System.Text.Json;
using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Reads numbers out of element values and brings them to another unit.</summary>
internal static class Numbers
{
    private const string Loinc = "http://loinc.org";

    /// <summary>The number, when the value is one that a decimal can hold.</summary>
    public static bool TryRead(ElementValue value, out decimal number)
    {
        number = 0;
        return value.Value.ValueKind == JsonValueKind.Number && value.Value.TryGetDecimal(out number);
    }

    /// <summary>Brings a number to a unit, by the UCUM code of its own unit where that is recorded beside a human one.</summary>
    public static bool TryConvert(IUnitConverter units, ElementValue value, decimal number, string unit, string? loinc, out decimal converted)
    {
        converted = number;
        if (value.Unit == unit || value.UnitCode == unit)
            return true;

        var from = value.UnitCode ?? value.Unit;
        if (from is null || !units.TryConvert(number, from, unit, loinc, out var conversion))
            return false;

        converted = conversion.Value;
        return true;
    }

    /// <summary>LOINC code of what a finding measured, or null.</summary>
    public static string? LoincOf(Finding finding, ElementValue? value = null)
    {
        var at = ElementCursor.Of(finding.Resource);
        var part = finding.Part >= 0 ? finding.Part : PartOf(value);
        if (part >= 0)
            at = ObservationElements.ComponentAt(at, part) ?? at;

        return at.Descend("code", "coding")
            .Where(coding => coding.TryChild("system", out var system) && system.Text == Loinc)
            .Select(coding => coding.TryChild("code", out var code) ? code.Text : null)
            .FirstOrDefault(code => code is not null);
    }

    /// <summary>Index of the component that a value of a whole panel stands in, or -1.</summary>
    private static int PartOf(ElementValue? value)
    {
        const string Prefix = "Observation.component[";
        if (value is null || !value.Path.StartsWith(Prefix, StringComparison.Ordinal))
            return -1;

        var end = value.Path.IndexOf(']', Prefix.Length);
        return int.Parse(value.Path.AsSpan(Prefix.Length, end - Prefix.Length), System.Globalization.CultureInfo.InvariantCulture);
    }
}
