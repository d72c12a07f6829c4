using System.Text.Json;

namespace MedGemma.Agents.Records.Time;

/// <summary>A FHIR Period read for states: from its start up to its end, with the texts that it was read from.</summary>
/// <remarks>An end written as a day or less precisely is inclusive (<see href="https://hl7.org/fhir/R4/datatypes.html#Period"/>); an end with a time is the moment it ended.</remarks>
/// <param name="Start">First moment, or null when open.</param>
/// <param name="End">First moment after, or null when open.</param>
/// <param name="StartText">Start as recorded.</param>
/// <param name="EndText">End as recorded.</param>
internal readonly record struct FhirPeriod(DateTimeOffset? Start, DateTimeOffset? End, string? StartText, string? EndText)
{
    public static FhirPeriod Read(JsonElement period, TimeZoneInfo zone)
    {
        var result = default(FhirPeriod);
        if (period.ValueKind != JsonValueKind.Object)
            return result;

        if (Text(period, "start") is { } start && FhirTime.TryParse(start, zone, out var from, out _))
            result = result with { Start = from.Start, StartText = start };

        if (Text(period, "end") is { } end && FhirTime.TryParse(end, zone, out var to, out var precision))
            result = result with { End = precision == TimePrecision.Instant ? to.Start : to.End, EndText = end };

        return result;
    }

    private static string? Text(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
