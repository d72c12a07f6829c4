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
            if (link.ValueKind == JsonValueKind.Object
                && link.TryGetProperty("other"u8, out var other) && other.ValueKind == JsonValueKind.Object
                && other.TryGetProperty("reference"u8, out var reference) && reference.GetString() is { } target
                && link.TryGetProperty("type"u8, out var type) && type.GetString() is { } kind)
            {
                found.Add(new PatientLink(target, kind));
            }
        }

        return found.ToImmutable();
    }
}
