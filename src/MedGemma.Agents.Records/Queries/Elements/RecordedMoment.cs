using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>A FHIR date, dateTime or instant read back from its text (https://hl7.org/fhir/R4/datatypes.html#dateTime).</summary>
/// <param name="Start">First moment it may mean.</param>
/// <param name="End">First moment after all that it may mean.</param>
/// <param name="Precision">How finely it was written.</param>
internal readonly record struct RecordedMoment(DateTimeOffset Start, DateTimeOffset End, TimePrecision Precision)
{
    public static bool TryParse(string? text, TimeZoneInfo zone, out RecordedMoment moment)
    {
        moment = default;
        if (!FhirTime.TryParse(text, zone, out var interval, out var precision) || interval.Start is not { } start)
            return false;

        moment = new RecordedMoment(start, interval.End ?? DateTimeOffset.MaxValue, precision);
        return true;
    }

    /// <summary>The calendar day in a zone; a date without time of day is its own day.</summary>
    public DateOnly Day(TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Start, zone).DateTime);
}
