using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Whole calendar units by the clock of a record, as half-open local ranges.</summary>
/// <param name="zone">Zone of a record whose times do not say one.</param>
/// <param name="record">The record whose clock it is, or null for the zone's.</param>
internal sealed class Calendar(TimeZoneInfo zone, PatientRecord? record = null)
{
    /// <summary>The local clock of an instant.</summary>
    public DateTime ToLocal(DateTimeOffset instant) => record is null ? TimeZoneInfo.ConvertTime(instant, zone).DateTime : RecordClock.ToLocal(record, instant, zone);

    /// <summary>The instant of a local clock; a time that a clock change skips is the one after it.</summary>
    public DateTimeOffset ToInstant(DateTime local)
    {
        var unspecified = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return record is null ? new DateTimeOffset(unspecified, zone.GetUtcOffset(unspecified)) : RecordClock.ToInstant(record, unspecified, zone);
    }

    /// <summary>The first moment of the unit that holds a local time; weeks begin on Monday.</summary>
    public static DateTime StartOf(DateTime local, CalendarUnit unit) => unit switch
    {
        CalendarUnit.Hour => local.Date.AddHours(local.Hour),
        CalendarUnit.Day => local.Date,
        CalendarUnit.Week => local.Date.AddDays(-(((int)local.DayOfWeek + 6) % 7)),
        CalendarUnit.Month => new DateTime(local.Year, local.Month, 1),
        CalendarUnit.Year => new DateTime(local.Year, 1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    };

    /// <summary>A local time some units later; null beyond the calendar's ends.</summary>
    public static DateTime? Add(DateTime local, CalendarUnit unit, int count)
    {
        try
        {
            return unit switch
            {
                CalendarUnit.Hour => local.AddHours(count),
                CalendarUnit.Day => local.AddDays(count),
                CalendarUnit.Week => local.AddDays(7.0 * count),
                CalendarUnit.Month => local.AddMonths(count),
                CalendarUnit.Year => local.AddYears(count),
                _ => throw new ArgumentOutOfRangeException(nameof(unit)),
            };
        }
        catch (ArgumentOutOfRangeException) when (unit is >= CalendarUnit.Hour and <= CalendarUnit.Year)
        {
            return null;
        }
    }
}
