using System.Collections.Immutable;
using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Building;

/// <summary>Reads birth, death and links of the Patient resource.</summary>
internal static class PatientReading
{
    public static PatientFacts Read(JsonElement patient, BuildScope scope)
    {
        TimeInterval? birth = patient.TryGetProperty("birthDate"u8, out var date) && TimeReading.TryParse(date, scope, out var born, out _) ? born : null;
        var isDeceased = patient.TryGetProperty("deceasedBoolean"u8, out var flag) && flag.ValueKind == JsonValueKind.True;
        TimeInterval? death = null;
        if (patient.TryGetProperty("deceasedDateTime"u8, out var died))
        {
            isDeceased = true;
            if (TimeReading.TryParse(died, scope, out var at, out _))
                death = at;
        }

        return new PatientFacts(birth, isDeceased, death, Links(patient));
    }

    private static ImmutableArray<PatientLink> Links(JsonElement patient)
    {
        if (!patient.TryGetProperty("link"u8, out var links) || links.ValueKind != JsonValueKind.Array)
            return [];

        var found = ImmutableArray.CreateBuilder<PatientLink>();
        foreach (var link in links.EnumerateArray())
        {
            if (Child(link, "other"u8) is { ValueKind: JsonValueKind.Object } other && Text(link, "type"u8) is { } type)
                found.Add(new PatientLink(NameOf(other), type, !IsRelatedPerson(other)));
        }

        return found.ToImmutable();
    }

    // A merge across hospitals may name the other record by its number only, or by nothing.
    private static string NameOf(JsonElement other) =>
        Text(other, "reference"u8)
        ?? (Child(other, "identifier"u8) is { ValueKind: JsonValueKind.Object } identifier && Text(identifier, "value"u8) is { } value ? Text(other, "display"u8) is { } display ? $"{display} ({value})" : value : null)
        ?? Text(other, "display"u8)
        ?? "another record";

    private static bool IsRelatedPerson(JsonElement other) =>
        Text(other, "type"u8) == "RelatedPerson" || (ResourceKey.TryParse(Text(other, "reference"u8), out var key) && key.Type == "RelatedPerson");

    private static JsonElement? Child(JsonElement json, ReadOnlySpan<byte> name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var child) ? child : null;

    private static string? Text(JsonElement json, ReadOnlySpan<byte> name) => Child(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
