using System.Globalization;
using System.Text.RegularExpressions;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Planning.Verification.Language;

/// <summary>Finds dates and instants in the formats that people and FHIR write.</summary>
internal static partial class DateReader
{
    private static readonly string[] Months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Every date of a text, by position.</summary>
    public static IEnumerable<(int Start, int Length, DateMention Date)> Find(string text)
    {
        foreach (Match match in Pattern().Matches(text))
        {
            if (Read(match) is { } date)
                yield return (match.Index, match.Length, date);
        }
    }

    /// <summary>Reads a whole text as one date, as FHIR and people write them.</summary>
    public static DateMention? ReadWhole(string? text)
    {
        if (string.IsNullOrEmpty(text) || !char.IsAsciiDigit(text[0]))
            return null;
        if (text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 0)
            return new DateMention(new DateTime(year, 1, 1), TimePrecision.Year, false, null);

        var match = Pattern().Match(text);
        return match.Success && match.Length == text.Length ? Read(match) : null;
    }

    private static DateMention? Read(Match match)
    {
        var year = Number(match, "year");
        int month;
        int? day = match.Groups["day"].Success ? Number(match, "day") : null;
        if (match.Groups["name"].Success)
            month = Array.IndexOf(Months, match.Groups["name"].Value[..3].ToLowerInvariant()) + 1;
        else if (match.Groups["a"].Success)
        {
            // Two orders are in use: only a date that reads the same or one way is a date.
            var (a, b) = (Number(match, "a"), Number(match, "b"));
            if (a <= 12 && b <= 12 && a != b)
                return null;
            (month, day) = a > 12 ? (b, a) : (a, b);
        }
        else
            month = Number(match, "month");

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        if (day is null)
            return new DateMention(new DateTime(year, month, 1), TimePrecision.Month, false, null);

        var date = new DateTime(year, month, day.Value);
        return match.Groups["hour"].Success ? WithTime(match, date) : new DateMention(date, TimePrecision.Day, false, null);
    }

    private static DateMention? WithTime(Match match, DateTime date)
    {
        var hour = Number(match, "hour");
        if (match.Groups["half"].Success)
        {
            if (hour is < 1 or > 12)
                return null;
            hour = (hour % 12) + (match.Groups["half"].Value[0] is 'p' or 'P' ? 12 : 0);
        }

        var minute = Number(match, "minute");
        var hasSeconds = match.Groups["second"].Success;
        var second = hasSeconds ? Number(match, "second") : 0;
        if (hour > 23 || minute > 59 || second > 59)
            return null;

        var local = date.AddHours(hour).AddMinutes(minute).AddSeconds(second);
        return new DateMention(local, TimePrecision.Instant, hasSeconds, ReadOffset(match.Groups["offset"].Value));
    }

    private static TimeSpan? ReadOffset(string text)
    {
        if (text.Length == 0)
            return null;
        if (!char.IsAsciiDigit(text[^1]))
            return TimeSpan.Zero;
        var span = TimeSpan.ParseExact(text.AsSpan(1), @"hh\:mm", CultureInfo.InvariantCulture);
        return text[0] == '-' ? -span : span;
    }

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private const string MonthName =
        "(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";

    private const string TimeOfDay =
        "(?:(?:T|,?\\s+(?:at\\s+)?)(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.\\d+)?)?(?:\\s?(?<half>[ap])\\.?m\\b\\.?)?(?:\\s?(?<offset>Z|UTC|[+-](?:0\\d|1[0-4]):\\d{2}))?)?";

    [GeneratedRegex(
        "(?<![\\w./-])(?:"
        + "(?<year>\\d{4})-(?<month>\\d{2})(?:-(?<day>\\d{2})" + TimeOfDay + ")?"
        + "|(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:\\s+of)?[\\s-]+" + MonthName + ",?[\\s-]+(?<year>\\d{4})" + TimeOfDay
        + "|" + MonthName + "\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})" + TimeOfDay
        + "|" + MonthName + ",?\\s+(?<year>\\d{4})"
        + "|(?<a>\\d{1,2})/(?<b>\\d{1,2})/(?<year>\\d{4})" + TimeOfDay
        + "|(?<month>\\d{1,2})/(?<year>\\d{4})"
        + ")(?![\\w/-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
