using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Writing;

/// <summary>What must stand over every answer: death, other records of the same person, restriction, consents that deny, and how old the record is.</summary>
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

        banners.AddRange(MergedRecords.Banners(record));
        if (record.Restrictions.Any(label => label.Code is { } code && s_restricted.Contains(code)))
            banners.Add("The record holds resources marked restricted.");
        banners.AddRange(DenyingConsents.Banners(record, context));

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

    private static DateTimeOffset? Newest(PatientRecord record, QueryContext context)
    {
        for (var i = record.Resources.Length - 1; i >= 0; i--)
            if (record.Resources[i].When?.Start is { } start && start <= context.AsOf)
                return start;

        return null;
    }
}
