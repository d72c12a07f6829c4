using System.Globalization;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Finds the windows that a question states: written dates, relative times, and the words that bound them.</summary>
internal sealed class TimePhraseReader(PlannerConventions conventions, DateTimeOffset asOf, TimeZoneInfo zone)
{
    private const string WholeUnits = "by whole calendar units";

    private readonly Calendar _calendar = new(zone);

    private string OrderReading => conventions.DateOrder == WrittenDateOrder.DayFirst ? "with the day first" : "with the month first";

    private enum Bound
    {
        In,
        Since,
        Until,
        Before,
        After,
    }

    /// <summary>Reads and claims every time phrase; several narrow each other.</summary>
    public List<TimePhrase> Read(QuestionText question)
    {
        var phrases = new List<TimePhrase>();
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || TryRead(question, i) is not { } phrase || !question.IsFree(phrase.Span))
                continue;

            question.Claim(phrase.Span);
            phrases.Add(phrase);
            i = phrase.Span.After - 1;
        }

        return phrases;
    }

    private TimePhrase? TryRead(QuestionText question, int at)
    {
        var (bound, words) = ReadBound(question, at);
        var core = at + words;
        if (words > 0 && question[core] is "the" or "about" or "around" or "my" or "these")
            core++;

        if ((words > 0 && question[at] is "between" or "from" || IsYearRange(question, core)) && ReadRange(question, at, core) is { } range)
            return range;

        if (words > 0 && bound is Bound.In && ReadFollowingYears(question, at, core) is { } years)
            return years;

        if (ReadMoment(question, core, words > 0) is not { } moment)
            return null;

        var span = new TokenSpan(at, moment.Span.After - at);
        return moment.Rolling && bound is Bound.In or Bound.Since
            ? Phrase(question, span, moment.Start, null, moment.Reading)
            : bound switch
            {
                Bound.Since => Phrase(question, span, moment.Start, null, moment.Reading),
                Bound.After => Phrase(question, span, moment.End, null, moment.Reading),
                Bound.Until => Phrase(question, span, null, moment.End, moment.Reading),
                Bound.Before => Phrase(question, span, null, moment.Start, moment.Reading),
                _ => Phrase(question, span, moment.Start, moment.End, moment.Reading),
            };
    }

    private TimePhrase? ReadRange(QuestionText question, int at, int core)
    {
        if (ReadMoment(question, core, true) is not { } from)
            return null;

        var dash = IsDashedYears(question, core);
        if (!dash && question[from.Span.After] is not ("and" or "to" or "until" or "through" or "till"))
            return null;

        return ReadMoment(question, from.Span.After + (dash ? 0 : 1), true) is { } until
            ? Phrase(question, new TokenSpan(at, until.Span.After - at), from.Start, until.End, from.Reading ?? until.Reading)
            : null;
    }

    /// <summary>"2014-2016".</summary>
    private static bool IsYearRange(QuestionText question, int at) =>
        IsDashedYears(question, at) || (IsYear(question[at]) && question[at + 1] is "to" or "through" or "until" && IsYear(question[at + 2]));

    private static bool IsDashedYears(QuestionText question, int at) =>
        IsYear(question[at]) && question.Gap(at + 1).Trim() is "-" or "–" or "—" && IsYear(question[at + 1]) && question.Gap(at + 2).Trim() is not ("-" or "/");

    /// <summary>"In 2016 and 2017" is one stretch when the years follow one another.</summary>
    private TimePhrase? ReadFollowingYears(QuestionText question, int at, int core) =>
        IsYear(question[core]) && question[core + 1] is "and" or "or" && IsYear(question[core + 2])
        && int.Parse(question[core + 2], CultureInfo.InvariantCulture) - int.Parse(question[core], CultureInfo.InvariantCulture) == 1
        && ReadMoment(question, core, true) is { } from && ReadMoment(question, core + 2, true) is { } until
            ? Phrase(question, new TokenSpan(at, core + 3 - at), from.Start, until.End, null)
            : null;

    private static bool IsYear(string word) => word.Length == 4 && word.All(char.IsAsciiDigit) && word[0] is '1' or '2';

    private static (Bound Bound, int Words) ReadBound(QuestionText question, int at) => question[at] switch
    {
        "during" when question[at + 1] is "since" => (Bound.Since, 2),
        "during" when question[at + 1] is "until" => (Bound.Until, 2),
        "since" or "from" or "starting" => (Bound.Since, 1),
        "until" or "till" or "through" or "by" => (Bound.Until, 1),
        "up" when question[at + 1] is "to" or "until" => (Bound.Until, 2),
        "before" => (Bound.Before, 1),
        "prior" when question[at + 1] is "to" => (Bound.Before, 2),
        "after" => (Bound.After, 1),
        "in" or "during" or "within" or "over" or "on" or "for" or "between" or "throughout" or "at" => (Bound.In, 1),
        _ => (Bound.In, 0),
    };

    /// <summary>What a bound is put to: a stretch of local time.</summary>
    private Moment? ReadMoment(QuestionText question, int at, bool bounded)
    {
        var now = _calendar.ToLocal(asOf);
        switch (question[at])
        {
            case "today":
                return Whole(new TokenSpan(at, 1), now, CalendarUnit.Day, 0, null);
            case "yesterday":
                return Whole(new TokenSpan(at, 1), now, CalendarUnit.Day, -1, null);
            case "now" when bounded:
                return new Moment(new TokenSpan(at, 1), now, now, false, null);
            case "last" or "past" or "previous" or "this" or "current":
                return ReadNamedUnit(question, at, now);
        }

        if (Numbers.TryCardinal(question[at], out var count) && count > 0)
        {
            var unitAt = question[at + 1] is "of" ? at + 2 : at + 1;
            if (TryUnit(question[unitAt], out var unit) && question[unitAt + 1] is "ago" or "earlier" or "back")
                return Ago(new TokenSpan(at, unitAt + 2 - at), now, unit, count);
        }

        return WrittenDate.TryRead(question, at, conventions.DateOrder, bounded || IsPlainYear(question, at)) is { } date
            ? new Moment(date.Span, date.Start, date.End, false, date.EitherOrder ? OrderReading : null)
            : null;
    }

    /// <summary>"BP 2017", "how many visits 2019": a year of our time that no comparison stands before.</summary>
    private bool IsPlainYear(QuestionText question, int at) =>
        conventions.RelativeWindows == RelativeWindowReading.ExactDuration && IsYear(question[at]) && at > 0
        && int.Parse(question[at], CultureInfo.InvariantCulture) is >= 1900 and <= 2200
        && question[at - 1] is not ("above" or "over" or "below" or "under" or "than" or "least" or "most" or "of" or "number" or "patient" or "mrn" or "id");

    private Moment? ReadNamedUnit(QuestionText question, int at, DateTime now)
    {
        var back = question[at] is "this" or "current" ? 0 : -1;
        if (TryUnit(question[at + 1], out var unit))
        {
            // "in the past month" is a stretch that ends now; "last month" is a calendar month.
            if (question[at] == "past" || IsStretch(question, at))
                return Rolling(new TokenSpan(at, 2), now, unit, 1);

            return Whole(new TokenSpan(at, 2), now, unit, back, back != 0 && unit is CalendarUnit.Year or CalendarUnit.Month or CalendarUnit.Week ? WholeUnits : null);
        }

        if (back != 0 && Numbers.TryCardinal(question[at + 1], out var count) && count > 0)
        {
            var unitAt = question[at + 2] is "of" or "full" ? at + 3 : at + 2;
            if (TryUnit(question[unitAt], out unit))
                return Rolling(new TokenSpan(at, unitAt + 1 - at), now, unit, count);
        }

        return null;
    }

    /// <summary>"In the last month" is a stretch to clinicians; "last month" is the one on the calendar.</summary>
    private bool IsStretch(QuestionText question, int at) =>
        conventions.RelativeWindows == RelativeWindowReading.ExactDuration && question[at] == "last"
        && question[at - 1] is "the" && question[at - 2] is "in" or "over" or "within" or "during" or "for";

    private static Moment? Rolling(TokenSpan span, DateTime now, CalendarUnit unit, int count)
    {
        if (Calendar.Add(now, unit, -count) is not { } start)
            return null;

        return new Moment(span, unit == CalendarUnit.Hour ? start : start.Date, null, true, null);
    }

    private static Moment? Whole(TokenSpan span, DateTime now, CalendarUnit unit, int offset, string? reading) =>
        Calendar.Add(Calendar.StartOf(now, unit), unit, offset) is { } start
            ? new Moment(span, start, Calendar.Add(start, unit, 1), false, reading)
            : null;

    private Moment? Ago(TokenSpan span, DateTime now, CalendarUnit unit, int count)
    {
        if (unit is CalendarUnit.Year or CalendarUnit.Month && conventions.RelativeWindows == RelativeWindowReading.CalendarUnit)
            return Whole(span, now, unit, -count, WholeUnits);

        if (Calendar.Add(now, unit, -count) is not { } moment)
            return null;

        var smallest = unit == CalendarUnit.Hour ? CalendarUnit.Hour : CalendarUnit.Day;
        var start = unit == CalendarUnit.Hour ? moment : Calendar.StartOf(moment, smallest);
        return new Moment(span, start, Calendar.Add(start, smallest, 1), false, unit is CalendarUnit.Year or CalendarUnit.Month ? "as an exact stretch of time" : null);
    }

    // "Last HR" is a heart rate.
    private static bool TryUnit(string word, out CalendarUnit unit)
    {
        (unit, var known) = word switch
        {
            "hour" or "hours" => (CalendarUnit.Hour, true),
            "day" or "days" => (CalendarUnit.Day, true),
            "week" or "weeks" => (CalendarUnit.Week, true),
            "month" or "months" => (CalendarUnit.Month, true),
            "year" or "years" => (CalendarUnit.Year, true),
            _ => (default, false),
        };
        return known;
    }

    private TimePhrase Phrase(QuestionText question, TokenSpan span, DateTime? from, DateTime? until, string? reading) =>
        new(span, new QueryWindow(
            from is { } start ? _calendar.ToInstant(start) : null,
            until is { } end ? _calendar.ToInstant(end) : null,
            Text(question, span)), reading);

    // A year without its preposition is not told from the numbers of a sentence.
    private static string Text(QuestionText question, TokenSpan span) =>
        char.IsAsciiDigit(question[span.First][0]) && IsYear(question[span.First]) ? $"in {question.Slice(span)}" : question.Slice(span);

    private sealed record Moment(TokenSpan Span, DateTime Start, DateTime? End, bool Rolling, string? Reading);
}
