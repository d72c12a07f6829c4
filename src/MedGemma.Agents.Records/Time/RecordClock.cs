using System.Runtime.CompilerServices;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Time;

/// <summary>The clock on the wall where a record was kept, known from the offsets it recorded. Safe for concurrent use.</summary>
public static class RecordClock
{
    private static readonly ConditionalWeakTable<PatientRecord, List<DateTimeOffset>> s_changes = [];

    /// <summary>The instant of a local time without a zone: by the offset that the record used nearest before it, else after it, else by the given zone.</summary>
    /// <param name="record">The record.</param>
    /// <param name="local">A local time without a zone.</param>
    /// <param name="zone">Zone for a record that never recorded an offset, or only <c>Z</c>.</param>
    public static DateTimeOffset ToInstant(PatientRecord record, DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(zone);

        var unspecified = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new DateTimeOffset(unspecified, OffsetBefore(record, change => change.DateTime <= unspecified) ?? zone.GetUtcOffset(unspecified));
    }

    /// <summary>What the clock on the wall showed at an instant, by the same offset.</summary>
    /// <param name="record">The record.</param>
    /// <param name="instant">An instant.</param>
    /// <param name="zone">Zone for a record that never recorded an offset, or only <c>Z</c>.</param>
    public static DateTime ToLocal(PatientRecord record, DateTimeOffset instant, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(zone);

        return OffsetBefore(record, change => change <= instant) is { } offset ? instant.ToOffset(offset).DateTime : TimeZoneInfo.ConvertTime(instant, zone).DateTime;
    }

    /// <summary>Whether a recorded time was written by a clock on the wall. <c>Z</c> is how servers write what they have normalised; a clock in Greenwich shows +00:00.</summary>
    /// <param name="text">A FHIR dateTime or instant.</param>
    public static bool IsLocal(string? text) => text is { Length: > 16 } && (text[^6] is '+' or '-');

    private static TimeSpan? OffsetBefore(PatientRecord record, Predicate<DateTimeOffset> isBefore)
    {
        var changes = s_changes.GetValue(record, ChangesOf);
        return changes.Count == 0 ? null : changes[Math.Max(0, changes.FindLastIndex(isBefore))].Offset;
    }

    /// <summary>The times from which on the record used another offset than before.</summary>
    private static List<DateTimeOffset> ChangesOf(PatientRecord record)
    {
        var changes = new List<DateTimeOffset>();
        foreach (var resource in record.Resources)
            if (resource.When?.Start is { } start && IsLocal(resource.WhenText) && (changes.Count == 0 || changes[^1].Offset != start.Offset))
                changes.Add(start);

        return changes;
    }
}
