using System.Globalization;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>A FHIR date, dateTime or instant read back from its text (https://hl7.org/fhir/R4/datatypes.html#dateTime).</summary>
/// <param name="Start">First moment it may mean.</param>
/// <param name="End">First moment after all that it may mean.</param>
/// <param name="Precision">How finely it was written.</param>
internal readonly record struct RecordedMoment(DateTimeOffset Start, DateTimeOffset End, TimePrecision Precision)
{
    private static readonly string[] Partial = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];

    public static bool TryParse(string? text, TimeZoneInfo zone, out RecordedMoment moment)
    {
        moment = default;
        if (string.IsNullOrEmpty(text))
            return false;

        if (text.Length > 10)
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
                return false;

            moment = new RecordedMoment(instant, instant.AddTicks(1), TimePrecision.Instant);
            return true;
        }

        if (!DateTime.TryParseExact(text, Partial, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return false;

        var precision = text.Length switch { 4 => TimePrecision.Year, 7 => TimePrecision.Month, _ => TimePrecision.Day };
        moment = new RecordedMoment(InZone(day, zone), InZone(After(day, precision), zone), precision);
        return true;
    }

    /// <summary>The calendar day in a zone; a date without time of day is its own day.</summary>
    public DateOnly Day(TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Start, zone).DateTime);

    private static DateTime After(DateTime day, TimePrecision precision) => precision switch
    {
        TimePrecision.Year => day.Year == 9999 ? DateTime.MaxValue.Date : day.AddYears(1),
        TimePrecision.Month => day is { Year: 9999, Month: 12 } ? DateTime.MaxValue.Date : day.AddMonths(1),
        _ => day == DateTime.MaxValue.Date ? day : day.AddDays(1),
    };

    private static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(local);
        return local.Ticks - offset.Ticks is < 0 or > 3155378975999999999 ? new DateTimeOffset(local, TimeSpan.Zero) : new DateTimeOffset(local, offset);
    }
}
