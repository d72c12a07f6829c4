using System.Text.Json;
using System.Runtime.InteropServices;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Records.Building;

/// <summary>
/// Finds sources that know only days but write a time of midnight, as MIMIC's hospital procedures: a type (of one profile) whose every time in the record is midnight.
/// Types that are charted by the hour are never taken for such.
/// </summary>
internal sealed class DateOnlySources
{
    private readonly Dictionary<(string Type, string? Profile), bool> _allMidnight = [];

    public DateOnlySources(List<(RawResource Raw, JsonElement Json)> resources, ConceptPool pool)
    {
        foreach (var (raw, json) in resources)
        {
            var element = TimeElement(raw.Key.Type);
            if (element is null || !json.TryGetProperty(element, out var time) || time.ValueKind != JsonValueKind.String)
                continue;

            var key = (raw.Key.Type, Profile(json, pool));
            var midnight = IsMidnight(JsonMarshal.GetRawUtf8Value(time)[1..^1]);
            _allMidnight[key] = midnight && _allMidnight.GetValueOrDefault(key, true);
        }
    }

    /// <summary>Whether midnight in this resource means the day.</summary>
    public bool Holds(string type, JsonElement json, ConceptPool pool) =>
        TimeElement(type) is not null && _allMidnight.GetValueOrDefault((type, Profile(json, pool)));

    /// <summary>Whether a dateTime is written with a time of midnight.</summary>
    public static bool IsMidnight(string text) => text.AsSpan(10 < text.Length ? 10 : text.Length).StartsWith("T00:00:00");

    private static bool IsMidnight(ReadOnlySpan<byte> text) => text.Length > 10 && text[10..].StartsWith("T00:00:00"u8);

    private static string? TimeElement(string type) => type switch
    {
        "Procedure" => "performedDateTime",
        "Immunization" => "occurrenceDateTime",
        "Condition" => "onsetDateTime",
        _ => null,
    };

    private static string? Profile(JsonElement json, ConceptPool pool) =>
        json.TryGetProperty("meta"u8, out var meta) && meta.ValueKind == JsonValueKind.Object
        && meta.TryGetProperty("profile"u8, out var profiles) && profiles.ValueKind == JsonValueKind.Array && profiles.GetArrayLength() > 0
            ? pool.Text(profiles[0])
            : null;
}
