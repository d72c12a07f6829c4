using System.Globalization;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Host.Commands;

/// <summary>The instant of <c>--as-of</c>: an ISO 8601 date or date and time; without a zone it is by the record's own clock.</summary>
internal static class AskedInstant
{
    private static readonly string[] s_zoned = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
    private static readonly string[] s_zoneless = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    /// <summary>Reads the option against a record.</summary>
    /// <param name="text">The option's text, or null for now.</param>
    /// <param name="record">The record asked.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="zone">The configured zone, for a record without recorded offsets.</param>
    public static DateTimeOffset Read(string? text, PatientRecord record, TimeProvider clock, TimeZoneInfo zone)
    {
        if (text is null)
            return clock.GetUtcNow();

        // A day means its last moment: everything recorded on it exists.
        if (DateTime.TryParseExact(text, s_zoneless, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && IsUsable(local.Year))
            return RecordClock.ToInstant(record, text.Length == 10 ? local.AddDays(1).AddTicks(-1) : local, zone);

        if (DateTimeOffset.TryParseExact(text, s_zoned, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) && IsUsable(instant.Year))
            return instant;

        throw new CommandRefusedException($"--as-of: '{text}' is not an ISO 8601 instant such as 2180-08-10T22:48:00-04:00 or 2180-08-10", ExitCode.WrongUsage);
    }

    /// <summary>The calendar's first and last years cannot be turned from zone to zone, nor looked back or ahead from.</summary>
    private static bool IsUsable(int year) => year is > 1000 and < 9000;
}
