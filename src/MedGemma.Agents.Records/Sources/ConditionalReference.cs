using System.Text.Json;

namespace MedGemma.Agents.Records.Sources;

/// <summary>A reference by search instead of by id: <c>Patient?identifier=system|value</c> (<see href="https://hl7.org/fhir/R4/http.html#trules"/>).</summary>
/// <param name="System">The identifier's system, or null when any will do.</param>
/// <param name="Value">The identifier's value.</param>
internal readonly record struct ConditionalReference(string? System, string Value)
{
    private const string Start = "Patient?identifier=";

    /// <summary>Whether the reference is a search at all, understood or not.</summary>
    public static bool IsSearch(string reference) => reference.Contains('?', StringComparison.Ordinal);

    /// <summary>Reads a search for one Patient by identifier; other searches are not understood.</summary>
    public static bool TryParse(string reference, out ConditionalReference search)
    {
        search = default;
        if (!reference.StartsWith(Start, StringComparison.Ordinal) || reference.Contains('&', StringComparison.Ordinal))
            return false;

        var token = Uri.UnescapeDataString(reference[Start.Length..]);
        var bar = token.LastIndexOf('|');
        var value = token[(bar + 1)..];
        if (value.Length == 0)
            return false;

        search = new ConditionalReference(bar < 0 ? null : token[..bar], value);
        return true;
    }

    /// <summary>Whether a Patient resource has the identifier.</summary>
    public bool Fits(JsonElement patient)
    {
        if (!patient.TryGetProperty("identifier", out var identifiers) || identifiers.ValueKind != JsonValueKind.Array)
            return false;

        foreach (var identifier in identifiers.EnumerateArray())
        {
            if (identifier.ValueKind == JsonValueKind.Object && Has(identifier, "value", Value) && (System is null || Has(identifier, "system", System)))
                return true;
        }

        return false;
    }

    private static bool Has(JsonElement holder, string name, string text) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
