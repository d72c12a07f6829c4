using System.Globalization;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Finds the windows that a question states: written dates, relative times, and the words that bound them.</summary>
internal sealed class TimePhraseReader(PlannerConventions conventions, DateTimeOffset asOf, Calendar calendar)
{
    private const string WholeUnits = "by whole calendar units";

    private string OrderReading => conventions.DateOrder == WrittenDateOrder.DayFirst ? "with the day first" : "with the month first";

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
        if (ReadStretchOfDate(question, at) is { } stretch)
            return stretch;

        if (ReadDays(question, at) is { } days)
            return days;

        if (ReadClockBefore(question, at) is { } clock)
            return clock;

        if (ReadAttribute(question, at) is { } attribute)
            return attribute;

        var (bound, words) = TimeBounds.ReadBefore(question, at);
        var core = SkipFiller(question, at + words, words > 0);

        if (bound is TimeBound.In || question[at] is "from")
        {
            if (ReadRange(question, at, core, words > 0 && question[at] is "between" or "from") is { } range)
                return range;
        }

        if (words > 0 && bound is TimeBound.In && ReadFollowingYears(question, at, core) is { } years)
            return years;

        if (ReadMoment(question, core, words > 0) is not { } moment)
            return null;

        moment = ClockTimes.Narrow(question, moment);
        if (moment.Written is not null && words > 0 && core > at + words && StandsBeforeNoun(question, moment.Span.After))
            return Phrase(question, moment.Span, moment.Start, moment.End, moment.Reading) with { Inside = true, Attributive = question[at] is "from" ? TimeBound.In : bound };

        var after = moment.Span.After;
        if (TimeBounds.ReadAfter(question, after) is { } widened && (words == 0 || bound == widened.Bound || bound == TimeBound.In))
            (bound, after) = (widened.Bound, after + widened.Words);
        else if (bound is TimeBound.Since && TimeBounds.ReadOn(question, after) is var open and > 0)
            after += open;
        else if (words > 0 && question[at] is "from" && (IsOfThing(question, at, moment) || (conventions.RelativeWindows == RelativeWindowReading.ExactDuration && IsResultOfYear(question, at, moment))))
            bound = TimeBound.In;

        var span = new TokenSpan(at, after - at);
        return moment.Rolling && bound is TimeBound.In or TimeBound.Since
            ? Phrase(question, span, moment.Start, null, moment.Reading)
            : bound switch
            {
                TimeBound.Since => Phrase(question, span, moment.Start, null, moment.Reading),
                TimeBound.After => Phrase(question, span, moment.End, null, moment.Reading),
                TimeBound.Until => Phrase(question, span, null, moment.End, moment.Reading),
                TimeBound.Before => Phrase(question, span, null, moment.Start, moment.Reading),
                _ => moment.Start == moment.End ? null : Phrase(question, span, moment.Start, moment.End, moment.Reading) with { Inside = true },
            };
    }

    /// <summary>"5-7 October", "on 5 to 7 October 2025": the month, and the year, are those of the last day.</summary>
    private TimePhrase? ReadDays(QuestionText question, int at)
    {
        var first = question[at] is "on" or "from" or "between" or "during" or "in" ? at + 1 : at;
        first = question[first] is "the" ? first + 1 : first;
        var second = question[first + 1] is "to" or "until" or "through" or "and" && first > at ? first + 2 : question.Gap(first + 1).Trim() is "-" or "–" or "—" ? first + 1 : -1;
        if (second < 0 || WrittenDate.DayNumber(question, first) is not { } from || WrittenDate.DayNumber(question, second) is not { } until || from >= until)
            return null;

        var month = question[second + 1] is "of" ? second + 2 : second + 1;
        if (!WrittenDate.TryMonthName(question[month], out _) || ReadMoment(question, second, true) is not { Written: CalendarUnit.Day, End: { } end } last || last.Start.Day != until)
            return null;

        return Phrase(question, new TokenSpan(at, last.Span.After - at), last.Start.AddDays(from - until), end, last.Reading is null ? null : $"as {from.ToString(CultureInfo.InvariantCulture)} to {last.Reading[3..]}") with { Inside = true };
    }

    /// <summary>"Noon on 14 November", "at 12:36 on 19 March 2125": the minute.</summary>
    private TimePhrase? ReadClockBefore(QuestionText question, int at)
    {
        var first = question[at] is "at" ? at + 1 : at;
        if (ClockTimes.Read(question, first) is not var (time, words))
            return null;

        var date = first + words;
        date = question[date] is "on" or "of" ? question[date + 1] is "the" ? date + 2 : date + 1 : date;
        return date > first + words && ReadMoment(question, date, true) is { Written: CalendarUnit.Day } day
            ? Phrase(question, new TokenSpan(at, day.Span.After - at), day.Start + time, day.Start + time + TimeSpan.FromMinutes(1), day.Reading) with { Inside = true }
            : null;
    }

    /// <summary>"The November admission", "her 5 October visit": a month or a day that tells which.</summary>
    private TimePhrase? ReadAttribute(QuestionText question, int at)
    {
        // "The appointment of 21 November", "the letter dated 3 May".
        if (question[at - 1] is "of" or "dated" && NamedPeriods.Read(question, at, calendar.ToLocal(asOf), true) is { Written: CalendarUnit.Day, Reading: not null } dated)
            return Phrase(question, dated.Span, dated.Start, dated.End, dated.Reading) with { Inside = true };

        if (question[at - 1] is not ("the" or "her" or "his" or "my" or "their" or "that") || !(WrittenDate.TryMonthName(question[at], out _) || WrittenDate.DayNumber(question, at) is not null)
            || !char.IsAsciiLetterUpper(question.Text[question.Tokens[at].Start]) && !char.IsAsciiDigit(question[at][0])
            || NamedPeriods.Read(question, at, calendar.ToLocal(asOf), true) is not { Written: CalendarUnit.Day or CalendarUnit.Month } moment || !StandsBeforeNoun(question, moment.Span.After))
            return null;

        return Phrase(question, moment.Span, moment.Start, moment.End, moment.Reading) with { Inside = true };
    }

    /// <summary>"In the week of 25 December 2023", "week commencing 4 March 2019", "within 3 days of 26 December 2023": more than the day that is named.</summary>
    private TimePhrase? ReadStretchOfDate(QuestionText question, int at)
    {
        var i = question[at] is "in" or "during" or "for" or "within" ? at + 1 : at;
        var isWithin = question[at] is "within";
        var count = 1;
        if (question[i] is "the")
            i++;
        else if (Numbers.TryCardinal(question[i], out count))
            i++;
        else
            count = 1;

        if (count < 1 || !TryUnit(question[i], out var unit, out var size) || unit == CalendarUnit.Hour)
            return null;

        var isOpening = question[i + 1] is "commencing" or "beginning" or "starting";
        var first = question[i + 1] is "of" || isOpening ? question[i + 2] is "the" ? i + 3 : i + 2 : -1;
        if (first < 0 || (!isWithin && (count > 1 || size > 1)) || ReadMoment(question, first, true) is not { Written: CalendarUnit.Day, End: { } end } day)
            return null;

        var start = isWithin ? Calendar.Add(day.Start, unit, -count * size) : isOpening ? day.Start : Calendar.StartOf(day.Start, unit);
        var until = isWithin ? Calendar.Add(end, unit, count * size) : start is { } from ? Calendar.Add(from, unit, 1) : null;
        return start is null || until is null ? null : Phrase(question, new TokenSpan(at, day.Span.After - at), start, until, day.Reading ?? (isWithin || isOpening ? null : WholeUnits)) with { Inside = true };
    }

    /// <summary>"After the June 1990 stay": the date tells which stay, and the preposition belongs to the stay.</summary>
    private static bool StandsBeforeNoun(QuestionText question, int at) =>
        question[at].Length > 0 && question.Gap(at) == " " && char.IsAsciiLetter(question[at][0])
        && question[at] is not ("and" or "or" or "to" or "until" or "till" or "through" or "in" or "on" or "at" or "for" or "from" or "by" or "with" or "of" or "was" or "were" or "is" or "are" or "did" or "does"
            or "do" or "has" or "have" or "had" or "what" or "which" or "when" or "how" or "who" or "please" or "only" or "inclusive" or "onwards" or "onward" or "the" or "her" or "his" or "my" or "a" or "an"
            or "he" or "she" or "they" or "we" or "i" or "it" or "there" or "any" or "ever" or "all" or "that" or "this");

    /// <summary>"The A1c from 30 September 2016" is the one of that day and "the result from 2023" one of that year; "results from 2016" and "measured from 2016" are open.</summary>
    private static bool IsOfThing(QuestionText question, int at, Moment moment) =>
        at > 0 && question[at - 1] is var before
        && (moment.Written is CalendarUnit.Day or CalendarUnit.Month || (moment.Written is CalendarUnit.Year && before is "result" or "value" or "reading" or "level" or "measurement" or "report" or "scan" or "letter" or "note"))
        && !before.EndsWith("ed", StringComparison.Ordinal) && before is not ("taken" or "given" or "done" or "seen" or "made" or "on" or "and" or "start" or "starting" or "period" or "counting" or "going" or "running" or "started");

    /// <summary>"HbA1c result from 2023": the one of that year; what is asked for in the plural may go on.</summary>
    private static bool IsResultOfYear(QuestionText question, int at, Moment moment) =>
        moment.Written is CalendarUnit.Year && moment.Span.After == question.Count && !question.Tokens.Any(token => token.Word is "all" or "every" or "how" or "started" or "since")
        && question[at - 1] is var before && !before.EndsWith("ed", StringComparison.Ordinal) && !before.EndsWith('s') && before is not ("taken" or "given" or "done" or "seen" or "made" or "on" or "and" or "start" or "starting" or "period" or "");

    /// <summary>"In the year 2000", "over the course of 2019", "in the month of May 2020".</summary>
    private static int SkipFiller(QuestionText question, int at, bool bounded)
    {
        if (!bounded)
            return at;

        if (question[at] is "the" or "about" or "around" or "my" or "these" or "all" or "that" or "his" or "her" or "their")
            at++;
        if (question[at] is "course" or "whole" or "month" or "year" or "period" or "entirety" && question[at + 1] is "of")
            return question[at + 2] is "the" ? at + 3 : at + 2;
        if (question[at] is "calendar" or "whole" or "entire" or "full" && question[at + 1] is "year" && IsYear(question[at + 2]))
            return at + 2;
        if (question[at] is "year" or "period" or "time" or "of" or "years" && IsYear(question[at + 1]))
            return at + 1;
        return at;
    }

    /// <summary>"Between 2014 and 2016", "March to May 2022"; "2014 and 2016" are two times unless "between" or "from" joins them.</summary>
    private TimePhrase? ReadRange(QuestionText question, int at, int core, bool joined)
    {
        var dash = IsDashedYears(question, core);
        if ((ReadOpenStart(question, core) ?? ReadMoment(question, core, joined || IsYear(question[core]))) is not { Rolling: false } from)
            return null;

        if (!dash && question[from.Span.After] is not ("to" or "until" or "through" or "till" or "up") && !(joined && question[from.Span.After] is "and"))
            return null;

        var next = from.Span.After + (dash ? 0 : question[from.Span.After] is "up" && question[from.Span.After + 1] is "to" or "until" ? 2 : 1);
        next = SkipFiller(question, next, true);
        if (ReadMoment(question, next, true) is not { } until || until.Start < from.Start)
            return null;

        // "2014 to 2016 inclusive": the ends of a range are always inside.
        var after = until.Span.After + (question[until.Span.After] is "inclusive" or "inclusively" ? 1 : question[until.Span.After] is "both" && question[until.Span.After + 1] is "inclusive" or "included" ? 2 : 0);
        return Phrase(question, new TokenSpan(at, after - at), from.Start, until.End, from.Reading ?? until.Reading) with { Inside = true };
    }

    private static bool IsDashedYears(QuestionText question, int at) =>
        IsYear(question[at]) && question.Gap(at + 1).Trim() is "-" or "–" or "—" && IsYear(question[at + 1]) && question.Gap(at + 2).Trim() is not ("-" or "/");

    /// <summary>"In 2016 and 2017", "across 2018, 2019 and 2020" are one stretch when the years follow one another.</summary>
    private TimePhrase? ReadFollowingYears(QuestionText question, int at, int core)
    {
        var last = core;
        while (IsYear(question[last]) && NextYear(question, last) is { } next && YearOf(question[next]) - YearOf(question[last]) == 1)
            last = next;
        return last > core && question[last - 1] is "and" or "or" && ReadMoment(question, core, true) is { } from && ReadMoment(question, last, true) is { } until
            ? Phrase(question, new TokenSpan(at, last + 1 - at), from.Start, until.End, null)
            : null;
    }

    /// <summary>Index of the year that a list goes on with, or null.</summary>
    private static int? NextYear(QuestionText question, int at) =>
        question[at + 1] is "and" or "or" && IsYear(question[at + 2]) ? at + 2
        : IsYear(question[at + 1]) && question.Gap(at + 1).Trim() is "," ? at + 1
        : null;

    private static int YearOf(string year) => int.Parse(year, CultureInfo.InvariantCulture);

    private static bool IsYear(string word) => word.Length == 4 && word.All(char.IsAsciiDigit) && word[0] is '1' or '2';

    /// <summary>What a bound is put to: a stretch of local time.</summary>
    private Moment? ReadMoment(QuestionText question, int at, bool bounded)
    {
        var now = calendar.ToLocal(asOf);
        if (NamedPeriods.PartOfDay(question, at, now) is { } hours)
            return hours;

        switch (question[at])
        {
            case "today":
                return Whole(new TokenSpan(at, 1), now, CalendarUnit.Day, 0, null);
            case "yesterday":
                return Whole(new TokenSpan(at, 1), now, CalendarUnit.Day, -1, null);
            case "day" when question[at + 1] is "before" && question[at + 2] is "yesterday":
                return Whole(new TokenSpan(at, 3), now, CalendarUnit.Day, -2, null);
            case "now" when bounded && question[at - 1] is not "on":
                return new Moment(new TokenSpan(at, 1), now, now);
            case "start" or "beginning" or "end" when bounded && question[at + 1] is "of":
                return ReadEdge(question, at, now);
            case "last" or "past" or "previous" or "this" or "current" when ReadNamedUnit(question, at, now) is { } named:
                return named;
        }

        // "The year before last".
        if (TryUnit(question[at], out var whole, out _) && question[at + 1] is "before" && question[at + 2] is "last")
            return Whole(new TokenSpan(at, 3), now, whole, -2, WholeUnits);

        if (Numbers.TryCardinal(question[at], out var count) && count > 0)
        {
            var unitAt = question[at + 1] is "of" ? at + 2 : at + 1;
            if (TryUnit(question[unitAt], out var unit, out var size) && question[unitAt + 1] is "ago" or "earlier" or "back")
                return Ago(new TokenSpan(at, unitAt + 2 - at), now, unit, count * size);
        }

        if (WrittenDate.TryRead(question, at, conventions.DateOrder, bounded || IsPlainYear(question, at)) is { } date)
            return new Moment(date.Span, date.Start, date.End, false, date.EitherOrder ? OrderReading : null, date.Unit);

        return NamedPeriods.Read(question, at, now, bounded);
    }

    /// <summary>"March to May 2022", "5 to 12 June 2020": the first end has its month or year from the second.</summary>
    private Moment? ReadOpenStart(QuestionText question, int at)
    {
        if (question[at + 1] is not ("to" or "and" or "until" or "through" or "till") || WrittenDate.TryRead(question, at + 2, conventions.DateOrder, false) is not { Unit: CalendarUnit.Day or CalendarUnit.Month } until)
            return null;

        // "Between February and 22 September 2025" begins with the month.
        if (WrittenDate.TryMonthName(question[at], out var month) && month <= until.Start.Month)
            return new Moment(new TokenSpan(at, 1), new DateTime(until.Start.Year, month, 1), null);

        return until.Unit is CalendarUnit.Day && WrittenDate.DayNumber(question, at) is { } day && day >= 1 && day < until.Start.Day
            ? new Moment(new TokenSpan(at, 1), new DateTime(until.Start.Year, until.Start.Month, day), null)
            : null;
    }

    /// <summary>"The start of 2019", "the end of May 2020": the instant between what is before and what is after.</summary>
    private Moment? ReadEdge(QuestionText question, int at, DateTime now)
    {
        var inner = SkipFiller(question, at + 2, true);
        if (ReadMoment(question, inner, true) is not { Rolling: false, End: { } end } whole)
            return null;

        var instant = question[at] is "end" ? end : whole.Start;
        return instant > now && question[at] is "start" or "beginning" ? null : new Moment(new TokenSpan(at, whole.Span.After - at), instant, instant, false, whole.Reading);
    }

    /// <summary>"BP 2017", "how many visits 2019": a year of our time that no comparison stands before.</summary>
    private bool IsPlainYear(QuestionText question, int at) =>
        conventions.RelativeWindows == RelativeWindowReading.ExactDuration && IsYear(question[at]) && (at > 0 || (question.Count > 1 && question.Gap(1) == " " && char.IsAsciiLetter(question[1][0]) && question[1] is not ("to" or "and" or "until" or "or" or "was" or "is")))
        && int.Parse(question[at], CultureInfo.InvariantCulture) is >= 1900 and <= 2200
        && question[at - 1] is not ("above" or "over" or "below" or "under" or "than" or "least" or "most" or "of" or "number" or "patient" or "mrn" or "id");

    private Moment? ReadNamedUnit(QuestionText question, int at, DateTime now)
    {
        var back = question[at] is "this" or "current" ? 0 : -1;
        if (TryUnit(question[at + 1], out var unit, out var size) && size == 1)
        {
            // "in the past month" is a stretch that ends now; "last month" is a calendar month.
            if (question[at] == "past" || IsStretch(question, at))
                return Rolling(new TokenSpan(at, 2), now, unit, 1);

            return Whole(new TokenSpan(at, 2), now, unit, back, back != 0 && unit is CalendarUnit.Year or CalendarUnit.Month or CalendarUnit.Week ? WholeUnits : null);
        }

        // "The past decade", "the last fortnight".
        if (size > 1 && back != 0)
            return Rolling(new TokenSpan(at, 2), now, unit, size);

        if (back != 0 && Numbers.TryCardinal(question[at + 1], out var count) && count > 0)
        {
            var unitAt = question[at + 2] is "of" or "full" ? at + 3 : at + 2;
            if (TryUnit(question[unitAt], out unit, out size))
                return Rolling(new TokenSpan(at, unitAt + 1 - at), now, unit, count * size);
            if (question[unitAt] is "h")
                return Rolling(new TokenSpan(at, unitAt + 1 - at), now, CalendarUnit.Hour, count);
        }

        return null;
    }

    /// <summary>"In the last month" is a stretch to clinicians; "last month" is the one on the calendar.</summary>
    private bool IsStretch(QuestionText question, int at) =>
        conventions.RelativeWindows == RelativeWindowReading.ExactDuration && question[at] == "last"
        && question[at - 1] is "the" && question[at - 2] is "in" or "over" or "within" or "during" or "for" or "inside";

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
    private static bool TryUnit(string word, out CalendarUnit unit, out int size)
    {
        (unit, size) = word switch
        {
            "hour" or "hours" => (CalendarUnit.Hour, 1),
            "day" or "days" => (CalendarUnit.Day, 1),
            "week" or "weeks" => (CalendarUnit.Week, 1),
            "fortnight" or "fortnights" => (CalendarUnit.Week, 2),
            "month" or "months" => (CalendarUnit.Month, 1),
            "year" or "years" => (CalendarUnit.Year, 1),
            "decade" or "decades" => (CalendarUnit.Year, 10),
            _ => (default, 0),
        };
        return size > 0;
    }

    private TimePhrase Phrase(QuestionText question, TokenSpan span, DateTime? from, DateTime? until, string? reading) =>
        new(span, new QueryWindow(
            from is { } start ? calendar.ToInstant(start) : null,
            until is { } end ? calendar.ToInstant(end) : null,
            question[span.First] is "from" && span.Count == 2 && IsYear(question[span.First + 1]) ? $"{(until is null ? "since" : "in")} {question[span.First + 1]}" : Text(question, span)), reading);

    // A date without its preposition is not told from the numbers of a sentence.
    private static string Text(QuestionText question, TokenSpan span) =>
        IsYear(question[span.First]) || WrittenDate.TryMonthName(question[span.First], out _) && span.Count < 3 ? $"in {question.Slice(span)}"
        : char.IsAsciiDigit(question[span.First][0]) || WrittenDate.TryMonthName(question[span.First], out _) ? $"on {question.Slice(span)}"
        : question.Slice(span);
}
