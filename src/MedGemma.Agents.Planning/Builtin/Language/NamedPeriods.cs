using System.Globalization;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Stretches of time that a calendar gives by name: decades, feasts on fixed days, months, days of the week. All before the instant of the question.</summary>
internal static class NamedPeriods
{
    private static readonly string[] s_decades = ["thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];

    private static readonly string[] s_weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    // Words, month, day: days that the same date has in every year and every country that keeps them.
    private static readonly (string[] Words, int Month, int Day)[] s_feasts =
    [
        (["christmas", "eve"], 12, 24), (["christmas", "day"], 12, 25), (["christmas"], 12, 25), (["boxing", "day"], 12, 26),
        (["new", "year", "s", "eve"], 12, 31), (["new", "years", "eve"], 12, 31), (["new", "year", "s", "day"], 1, 1), (["new", "years", "day"], 1, 1),
        (["new", "year", "s"], 1, 1), (["valentine", "s", "day"], 2, 14), (["halloween"], 10, 31),
    ];

    /// <summary>Reads one that begins at a token, or null.</summary>
    /// <param name="question">The question.</param>
    /// <param name="at">Index of the first token.</param>
    /// <param name="now">The local instant of the question.</param>
    /// <param name="bounded">Whether a preposition of time stands before it.</param>
    public static Moment? Read(QuestionText question, int at, DateTime now, bool bounded)
    {
        var core = question[at] is "last" or "this" ? at + 1 : at;
        var introduced = bounded || core > at;
        return DayOfMonth(question, at, now, introduced) ?? Decade(question, at, now) ?? Part(question, at) ?? Seasons.Read(question, at, now, introduced) ?? Feast(question, at, core, now, introduced) ?? Weekday(question, at, core, now, introduced) ?? MonthAlone(question, at, core, now, introduced);
    }

    /// <summary>"This morning", "yesterday evening", "last night", "overnight": hours of the clock, which the answer says.</summary>
    public static Moment? PartOfDay(QuestionText question, int at, DateTime now)
    {
        if (question[at] is "overnight" || (question[at] is "last" && question[at + 1] is "night"))
            return Hours(new TokenSpan(at, question[at] is "overnight" ? 1 : 2), now.Date.AddHours(-4), now.Date.AddHours(8));

        if (question[at] is not ("this" or "yesterday" or "today"))
            return null;

        var day = question[at] is "yesterday" ? now.Date.AddDays(-1) : now.Date;
        var part = question[at] is "today" && question[at + 1] is "s" ? at + 2 : at + 1;
        (int From, int Until)? hours = question[part] switch
        {
            "morning" => (0, 12),
            "afternoon" => (12, 18),
            "evening" => (18, 24),
            _ => null,
        };
        return hours is { } of ? Hours(new TokenSpan(at, part + 1 - at), day.AddHours(of.From), day.AddHours(of.Until)) : null;
    }

    private static Moment Hours(TokenSpan span, DateTime from, DateTime until) =>
        new(span, from, until, false, $"as {from.ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture)} to {until.ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture)}");

    /// <summary>"On the 13th": the last one.</summary>
    private static Moment? DayOfMonth(QuestionText question, int at, DateTime now, bool introduced)
    {
        if (!introduced || question[at - 1] is not "the" || question[at].Length is < 3 or > 4 || question[at][^2..] is not ("st" or "nd" or "rd" or "th")
            || !int.TryParse(question[at][..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 31
            || !(question[at + 1].Length == 0 || question.Gap(at + 1).AsSpan().IndexOfAny(",;?") >= 0 || question[at + 1] is "at" or "in" or "and" or "was" or "did" or "is"))
            return null;

        var month = new DateTime(now.Year, now.Month, 1);
        while (DateTime.DaysInMonth(month.Year, month.Month) < number || month.AddDays(number - 1) > now)
            month = month.AddMonths(-1);
        return Day(new TokenSpan(at, 1), month.AddDays(number - 1), true);
    }

    /// <summary>"The 1980s", "the eighties"; "her eighties" is an age.</summary>
    private static Moment? Decade(QuestionText question, int at, DateTime now)
    {
        if (question[at] is { Length: 5 } digits && digits.EndsWith("0s", StringComparison.Ordinal) && int.TryParse(digits.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var written))
            return Years(new TokenSpan(at, 1), written);

        if (question[at] is { Length: 4 } year && year[3] == '0' && question[at + 1] is "s" && question.Gap(at + 1) is "'" or "’"
            && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out written))
            return Years(new TokenSpan(at, 2), written);

        if (Array.IndexOf(s_decades, question[at]) is var tens and >= 0 && question[at - 1] is "the")
        {
            var century = now.Year - now.Year % 100 + 30 + 10 * tens;
            return Years(new TokenSpan(at, 1), century > now.Year ? century - 100 : century);
        }

        return null;
    }

    /// <summary>"Q1 2023", "the first quarter of 2023", "the second half of 2019".</summary>
    private static Moment? Part(QuestionText question, int at)
    {
        var (number, months, next) = question[at] switch
        {
            ['q', >= '1' and <= '4'] quarter => (quarter[1] - '0', 3, at + 1),
            ['h', '1' or '2'] half => (half[1] - '0', 6, at + 1),
            var word when question[at + 1] is "quarter" or "half" => (word is "first" or "1st" ? 1 : Numbers.TryOrdinal(word, out var ordinal) ? ordinal : word is "last" ? (question[at + 1] is "half" ? 2 : 4) : 0, question[at + 1] is "half" ? 6 : 3, at + 2),
            _ => (0, 0, 0),
        };
        if (number < 1 || number > 12 / Math.Max(months, 1))
            return null;

        var yearAt = question[next] is "of" or "in" ? next + 1 : next;
        if (question[yearAt] is not { Length: 4 } written || !int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1800 or > 2998)
            return null;

        var start = new DateTime(year, 1, 1).AddMonths((number - 1) * months);
        return new Moment(new TokenSpan(at, yearAt + 1 - at), start, start.AddMonths(months), false, $"as {start.ToString("MMMM", CultureInfo.InvariantCulture)} to {start.AddMonths(months - 1).ToString("MMMM yyyy", CultureInfo.InvariantCulture)}");
    }

    private static Moment? Years(TokenSpan span, int first) =>
        first is >= 1800 and <= 2990 ? new Moment(span, new DateTime(first, 1, 1), new DateTime(first + 10, 1, 1), false, $"as {first} to {first + 9}") : null;

    private static Moment? Feast(QuestionText question, int at, int core, DateTime now, bool introduced)
    {
        if (!introduced)
            return null;

        foreach (var (words, month, day) in s_feasts)
        {
            if (!words.Select((word, i) => question[core + i] == word).All(same => same))
                continue;

            var after = core + words.Length;
            if (question[after] is { Length: 4 } written && int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1800 and <= 2999)
                return Day(new TokenSpan(at, after + 1 - at), new DateTime(year, month, day), false);

            var latest = new DateTime(now.Year, month, day);
            return Day(new TokenSpan(at, after - at), latest > now.Date || (core > at && latest == now.Date) ? latest.AddYears(-1) : latest, true);
        }

        return null;
    }

    private static Moment? Weekday(QuestionText question, int at, int core, DateTime now, bool introduced)
    {
        var day = Array.IndexOf(s_weekdays, question[core]);
        if (!introduced || day < 0 || question[at] is "this")
            return null;

        var back = ((int)now.DayOfWeek - day + 7) % 7;
        return Day(new TokenSpan(at, core + 1 - at), now.Date.AddDays(back == 0 && core > at ? -7 : -back), true);
    }

    /// <summary>"In March", "since June", "on 5 May": the last one that has begun.</summary>
    private static Moment? MonthAlone(QuestionText question, int at, int core, DateTime now, bool introduced)
    {
        if (!introduced)
            return null;

        if (WrittenDate.TryMonthName(question[core], out var month) && IsEndOfDate(question, core + 1))
        {
            // "On the MAR" is no month.
            if (question[core - 1] is "the")
                return null;

            var start = new DateTime(now.Year, month, 1);
            start = start > now ? start.AddYears(-1) : start;
            return new Moment(new TokenSpan(at, core + 1 - at), start, start.AddMonths(1), false, $"as {start.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}", CalendarUnit.Month);
        }

        var of = question[core + 1] is "of" ? 1 : 0;
        var (dayAt, monthAt) = WrittenDate.TryMonthName(question[core], out _) ? (core + 1, core) : (core, core + 1 + of);
        var after = Math.Max(dayAt, monthAt) + 1;
        if (!WrittenDate.TryMonthName(question[monthAt], out month) || WrittenDate.DayNumber(question, dayAt) is not { } number || !IsEndOfDate(question, after)
            || number < 1 || number > DateTime.DaysInMonth(now.Year, month))
            return null;

        var date = new DateTime(now.Year, month, number);
        return Day(new TokenSpan(at, after - at), date > now && DateTime.DaysInMonth(now.Year - 1, month) >= number ? date.AddYears(-1) : date, true);
    }

    private static bool IsEndOfDate(QuestionText question, int at) => question[at].Length == 0 || !char.IsAsciiDigit(question[at][0]);

    private static Moment Day(TokenSpan span, DateTime day, bool said) =>
        new(span, day, day.AddDays(1), false, said ? $"as {day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}" : null, CalendarUnit.Day);
}
