using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Writing;

/// <summary>What must stand over every answer: death, restriction, and how old the record is.</summary>
public static class Banners
{
    private static readonly HashSet<string> s_restricted = new(StringComparer.Ordinal) { "R", "V" };

    /// <summary>The banners of a record at an instant.</summary>
    /// <param name="record">The record.</param>
    /// <param name="context">Instant and zone.</param>
    public static IReadOnlyList<string> Of(PatientRecord record, QueryContext context)
    {
        var banners = new List<string>();
        var patient = record.Patient.Json;
        if (patient.TryGetProperty("deceasedDateTime", out var died) && died.ValueKind == JsonValueKind.String)
        {
            if (IsKnownBy(died.GetString()!, context))
                banners.Add($"The patient is recorded as deceased on {died.GetString()}.");
        }
        else if (patient.TryGetProperty("deceasedBoolean", out var dead) && dead.ValueKind == JsonValueKind.True)
            banners.Add("The patient is recorded as deceased; no date is given.");

        if (record.Resources.Any(resource => IsRestricted(resource.Json)))
            banners.Add("The record holds resources marked restricted.");

        if (Newest(record, context) is { } newest && context.AsOf - newest > TimeSpan.FromDays(365))
        {
            var days = (context.AsOf - newest).TotalDays;
            banners.Add($"The newest entry of the record is {(days / 365.25).ToString("0.#", CultureInfo.InvariantCulture)} years older than the question.");
        }

        return banners;
    }

    /// <summary>What happened after the instant of a question does not exist for it.</summary>
    private static bool IsKnownBy(string died, QueryContext context)
    {
        var day = died.Length > 10 ? died[..10] : died;
        var asked = TimeZoneInfo.ConvertTime(context.AsOf, context.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return string.CompareOrdinal(day, asked[..day.Length]) <= 0;
    }

    private static bool IsRestricted(JsonElement resource) =>
        resource.TryGetProperty("meta", out var meta) && meta.TryGetProperty("security", out var labels) && labels.ValueKind == JsonValueKind.Array
        && labels.EnumerateArray().Any(label => label.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String && s_restricted.Contains(code.GetString()!));

    private static DateTimeOffset? Newest(PatientRecord record, QueryContext context)
    {
        for (var i = record.Resources.Length - 1; i >= 0; i--)
            if (record.Resources[i].When?.Start is { } start && start <= context.AsOf)
                return start;

        return null;
    }
}
