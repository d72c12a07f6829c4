using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Time;

/// <summary>The clock on the wall where a record was kept, known from the offsets it recorded.</summary>
public static class RecordClock
{
    /// <summary>The instant of a local time without a zone: by the offset that the record used nearest before it, else after it, else by the given zone.</summary>
    /// <param name="record">The record.</param>
    /// <param name="local">A local time without a zone.</param>
    /// <param name="zone">Zone for a record that never recorded an offset, or only <c>Z</c>.</param>
    public static DateTimeOffset ToInstant(PatientRecord record, DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(zone);

        TimeSpan? offset = null;
        foreach (var resource in record.Resources)
        {
            if (resource.When?.Start is not { } start || !HasOffset(resource.WhenText))
                continue;

            if (offset is not null && start.DateTime > local)
                break;

            offset = start.Offset;
        }

        var unspecified = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new DateTimeOffset(unspecified, offset ?? zone.GetUtcOffset(unspecified));
    }

    // Z is how servers write what they have normalised; a clock on a wall in Greenwich shows +00:00.
    private static bool HasOffset(string? text) => text is { Length: > 16 } && (text[^6] is '+' or '-');
}
