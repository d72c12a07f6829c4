using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>The number of an Observation with its unit.</summary>
/// <param name="Resource">The Observation.</param>
/// <param name="Number">The number.</param>
/// <param name="Unit">UCUM code where there is one, else the unit as written; null when there is none.</param>
/// <param name="Written">The unit as people read it.</param>
/// <param name="Json">The number as recorded.</param>
internal sealed record RecordedNumber(RecordResource Resource, decimal Number, string? Unit, string? Written, JsonElement Json)
{
    private const string Loinc = "http://loinc.org";

    /// <summary>Evidence of the number.</summary>
    public Evidence Evidence => new(Resource.Key, Resource.Version, "Observation.value.ofType(Quantity).value", Json, Written, Resource.WhenText);

    /// <summary>LOINC code of what was measured, or null.</summary>
    public string? LoincCode => Resource.Concept?.Codings.FirstOrDefault(coding => coding.System == Loinc).Code;

    /// <summary>As people read it.</summary>
    public string Said => Written is null ? Json.GetRawText() : $"{Json.GetRawText()} {Written}";

    /// <summary>Reads the plain number of an Observation; null for anything else.</summary>
    public static RecordedNumber? Of(RecordResource resource)
    {
        if (resource.Key.Type != "Observation" || !resource.Json.TryGetProperty("valueQuantity", out var quantity) || quantity.ValueKind != JsonValueKind.Object
            || quantity.TryGetProperty("comparator", out _)
            || !quantity.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var number))
            return null;

        var code = TextOf(quantity, "code");
        var unit = TextOf(quantity, "unit");
        return new RecordedNumber(resource, number, code ?? unit, unit ?? code, value);
    }

    private static string? TextOf(JsonElement quantity, string name) =>
        quantity.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(text.GetString()) ? text.GetString() : null;
}
