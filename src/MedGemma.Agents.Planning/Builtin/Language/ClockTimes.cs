using System.Globalization;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Reads times of day: "12:36", "18.34h", "9 am", "noon", "midnight".</summary>
internal static class ClockTimes
{
    /// <summary>The time since midnight that begins at a token, and its tokens; null when there is none.</summary>
    public static (TimeSpan Time, int Words)? Read(QuestionText question, int at)
    {
        if (question[at] is "noon" or "midday")
            return (TimeSpan.FromHours(12), 1);
        if (question[at] is "midnight")
            return (TimeSpan.Zero, 1);

        if (Number(question[at], 23) is not { } hour)
            return null;

        var minute = question.Gap(at + 1) is ":" or "." or "h" && question[at + 1].Length == 2 ? Number(question[at + 1], 59) : null;
        var after = at + (minute is null ? 1 : 2);

        // "09:00:00".
        if (minute is not null && question.Gap(after) is ":" && Number(question[after], 59) is not null)
            after++;

        var half = question[after] switch { "am" => 0, "pm" => 12, "a" when question[after + 1] is "m" => 0, "p" when question[after + 1] is "m" => 12, _ => -1 };
        if (half >= 0 && hour is >= 1 and <= 12)
            return (new TimeSpan(hour % 12 + half, minute ?? 0, 0), after + (question[after] is "am" or "pm" ? 1 : 2) - at);

        if (minute is null)
            return question[at].Length <= 2 && question[after] is "o" && question[after + 1] is "clock" ? (new TimeSpan(hour, 0, 0), 3) : null;

        return (new TimeSpan(hour, minute.Value, 0), after + (question[after] is "h" or "hrs" or "hours" && half < 0 ? 1 : 0) - at);
    }

    /// <summary>"19 March 2125 12:36", "4 December at 18:34": the minute of that day.</summary>
    public static Moment Narrow(QuestionText question, Moment moment)
    {
        if (moment.Written is not CalendarUnit.Day)
            return moment;

        var at = question[moment.Span.After] is "at" ? moment.Span.After + 1 : moment.Span.After;
        return Read(question, at) is var (time, words)
            ? moment with { Span = new TokenSpan(moment.Span.First, at + words - moment.Span.First), Start = moment.Start + time, End = moment.Start + time + TimeSpan.FromMinutes(1) }
            : moment;
    }

    private static int? Number(string word, int most) =>
        word.Length is 1 or 2 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;
}
