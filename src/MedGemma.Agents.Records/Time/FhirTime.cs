namespace MedGemma.Agents.Records.Time;

/// <summary>
/// Reads FHIR R4 date, dateTime and instant texts (<see href="https://hl7.org/fhir/R4/datatypes.html#dateTime"/>) as intervals:
/// a partial date is the whole year, month or day, a time with seconds at most is that second's start, one tick long. Safe for concurrent use.
/// </summary>
public static class FhirTime
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">A date, dateTime or instant. A time without an offset, which FHIR forbids but files contain, is taken in <paramref name="zone"/>; <c>24:00</c> is the next midnight.</param>
    /// <param name="zone">Zone in which dates are whole days.</param>
    /// <param name="interval">What it covers; an instant is one tick long.</param>
    /// <param name="precision">How finely it was written.</param>
    /// <returns>False when the text is no FHIR date or names a moment that does not exist in the calendar.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, TimeZoneInfo zone, out TimeInterval interval, out TimePrecision precision)
    {
        ArgumentNullException.ThrowIfNull(zone);
        interval = default;
        precision = default;
        if (!TryNumber(text, 0, 4, out var year) || year == 0)
            return false;

        if (text.Length == 4)
        {
            precision = TimePrecision.Year;
            return TryDays(new DateTime(year, 1, 1), year == 9999 ? null : new DateTime(year + 1, 1, 1), zone, out interval);
        }

        if (text[4] != '-' || !TryNumber(text, 5, 2, out var month) || month is 0 or > 12)
            return false;

        var firstOfMonth = new DateTime(year, month, 1);
        if (text.Length == 7)
        {
            precision = TimePrecision.Month;
            return TryDays(firstOfMonth, year == 9999 && month == 12 ? null : firstOfMonth.AddMonths(1), zone, out interval);
        }

        if (text[7] != '-' || !TryNumber(text, 8, 2, out var day) || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;

        var date = new DateTime(year, month, day);
        if (text.Length == 10)
        {
            precision = TimePrecision.Day;
            return TryDays(date, date == DateTime.MaxValue.Date ? null : date.AddDays(1), zone, out interval);
        }

        precision = TimePrecision.Instant;
        return text[10] == 'T' && TryInstant(text[11..], date, zone, out interval);
    }

    /// <summary>The first moment of a civil day in a zone; the first one after the gap when a clock change skips it.</summary>
    /// <param name="local">A civil date and time.</param>
    /// <param name="zone">The zone.</param>
    internal static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);

        // An hour that comes twice is taken the first time, at the larger offset, so that a day holds all of its hours.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return Clamp(local, offset);
    }

    private static bool TryInstant(ReadOnlySpan<char> time, DateTime date, TimeZoneInfo zone, out TimeInterval interval)
    {
        interval = default;
        if (!TryNumber(time, 0, 2, out var hour) || time.Length < 5 || time[2] != ':' || !TryNumber(time, 3, 2, out var minute) || hour > 24 || minute > 59)
            return false;

        var rest = time[5..];
        var second = 0;
        long fraction = 0;
        if (rest.Length > 0 && rest[0] == ':')
        {
            // FHIR allows the leap second 60; it has no place in the calendar of .NET and is read as the second after.
            if (!TryNumber(rest, 1, 2, out second) || second > 60)
                return false;

            rest = rest[3..];
            if (rest.Length > 0 && rest[0] == '.' && !TryFraction(ref rest, out fraction))
                return false;
        }

        if (hour == 24 && (minute != 0 || second != 0 || fraction != 0))
            return false;

        var ticks = date.Ticks + (((hour * 60L) + minute) * 60 + second) * TimeSpan.TicksPerSecond + fraction;
        if (ticks > DateTime.MaxValue.Ticks)
            return false;

        var local = new DateTime(ticks);
        DateTimeOffset moment;
        if (rest.IsEmpty)
            moment = At(local, zone);
        else if (rest is "Z")
            moment = new DateTimeOffset(local, TimeSpan.Zero);
        else if (!TryOffset(rest, local, out moment))
            return false;

        interval = new TimeInterval(moment, moment.UtcTicks < DateTime.MaxValue.Ticks && moment.DateTime.Ticks < DateTime.MaxValue.Ticks ? moment.AddTicks(1) : null);
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        var digits = 0;
        var unit = TimeSpan.TicksPerSecond;
        while (digits + 1 < rest.Length && char.IsAsciiDigit(rest[digits + 1]))
        {
            unit /= 10;
            ticks += (rest[digits + 1] - '0') * unit;
            digits++;
        }

        rest = rest[(digits + 1)..];
        return digits > 0;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, DateTime local, out DateTimeOffset moment)
    {
        moment = default;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !TryNumber(text, 1, 2, out var hours) || !TryNumber(text, 4, 2, out var minutes) || minutes > 59 || hours * 60 + minutes > 14 * 60)
        {
            return false;
        }

        var offset = TimeSpan.FromMinutes(text[0] == '-' ? -(hours * 60 + minutes) : hours * 60 + minutes);
        var utc = local.Ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
            return false;

        moment = new DateTimeOffset(local, offset);
        return true;
    }

    private static bool TryDays(DateTime start, DateTime? end, TimeZoneInfo zone, out TimeInterval interval)
    {
        interval = new TimeInterval(At(start, zone), end is { } after ? At(after, zone) : null);
        return true;
    }

    private static DateTimeOffset Clamp(DateTime local, TimeSpan offset)
    {
        var utc = local.Ticks - offset.Ticks;
        return utc < DateTime.MinValue.Ticks ? DateTimeOffset.MinValue
            : utc > DateTime.MaxValue.Ticks ? DateTimeOffset.MaxValue
            : new DateTimeOffset(local, offset);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, int start, int length, out int number)
    {
        number = 0;
        if (text.Length < start + length)
            return false;

        for (var i = start; i < start + length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
                return false;

            number = number * 10 + (text[i] - '0');
        }

        return true;
    }
}
