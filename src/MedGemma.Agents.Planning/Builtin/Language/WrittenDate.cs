using System.Globalization;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>A date written out in a question: a year, a month of a year, or a day.</summary>
/// <param name="Span">Its tokens.</param>
/// <param name="Start">First local moment.</param>
/// <param name="Unit">Year, month or day.</param>
/// <param name="EitherOrder">True when day and month could be the other way round.</param>
internal sealed record WrittenDate(TokenSpan Span, DateTime Start, CalendarUnit Unit, bool EitherOrder)
{
    private static readonly string[] s_months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>First local moment after; null at the end of the calendar.</summary>
    public DateTime? End => Calendar.Add(Start, Unit, 1);

    /// <summary>Reads a date that begins at a token.</summary>
    /// <param name="question">The question.</param>
    /// <param name="at">Index of the first token.</param>
    /// <param name="order">How 08/11/2160 is read.</param>
    /// <param name="bareYear">Whether four digits alone are a year here.</param>
    public static WrittenDate? TryRead(QuestionText question, int at, WrittenDateOrder order, bool bareYear)
    {
        if (TryMonthName(question[at], out var month))
        {
            if (Number(question, at + 1, 1, 2) is { } day && Number(question, at + 2, 4, 4) is { } year)
                return Day(new TokenSpan(at, 3), year, month, day, false);

            var yearAt = question[at + 1] is "of" ? at + 2 : at + 1;
            if (Number(question, yearAt, 4, 4) is { } ofYear)
                return Month(new TokenSpan(at, yearAt + 1 - at), ofYear, month);

            return null;
        }

        if (Number(question, at, 1, 2) is { } first)
        {
            var named = question[at + 1] is "of" ? at + 2 : at + 1;
            if (TryMonthName(question[named], out month) && Number(question, named + 1, 4, 4) is { } year)
                return Day(new TokenSpan(at, named + 2 - at), year, month, first, false);

            if (!IsDateGap(question.Gap(at + 1)))
                return null;

            if (Number(question, at + 1, 1, 2) is { } second && IsDateGap(question.Gap(at + 2)) && Number(question, at + 2, 4, 4) is { } fullYear)
            {
                var dayFirst = order == WrittenDateOrder.DayFirst;
                var (d, m) = dayFirst ? (first, second) : (second, first);
                if (m > 12)
                    (d, m) = (m, d);
                return Day(new TokenSpan(at, 3), fullYear, m, d, first <= 12 && second <= 12 && first != second);
            }

            return Number(question, at + 1, 4, 4) is { } yearOfMonth ? Month(new TokenSpan(at, 2), yearOfMonth, first) : null;
        }

        if (Number(question, at, 4, 4) is { } y)
        {
            if (question.Gap(at + 1) == "-" && Number(question, at + 1, 2, 2) is { } m)
            {
                if (question.Gap(at + 2) == "-" && Number(question, at + 2, 2, 2) is { } d)
                    return Day(new TokenSpan(at, 3), y, m, d, false);

                return Month(new TokenSpan(at, 2), y, m);
            }

            if (bareYear && y is >= 1800 and <= 2999)
                return new WrittenDate(new TokenSpan(at, 1), new DateTime(y, 1, 1), CalendarUnit.Year, false);
        }

        return null;
    }

    public static bool TryMonthName(string word, out int month)
    {
        month = 0;
        if (word.Length < 3)
            return false;

        for (var i = 0; i < s_months.Length; i++)
        {
            if (s_months[i] == word || (word.Length is 3 or 4 && s_months[i].StartsWith(word, StringComparison.Ordinal)))
            {
                month = i + 1;
                return true;
            }
        }

        return false;
    }

    /// <summary>The number of a day ("5", "5th") at a token, or null.</summary>
    public static int? DayNumber(QuestionText question, int at) => Number(question, at, 1, 2);

    private static bool IsDateGap(string gap) => gap is "/" or "-" or ".";

    private static int? Number(QuestionText question, int at, int fewest, int most)
    {
        var word = question[at];
        if (word.Length > 2 && (word.EndsWith("st", StringComparison.Ordinal) || word.EndsWith("nd", StringComparison.Ordinal)
            || word.EndsWith("rd", StringComparison.Ordinal) || word.EndsWith("th", StringComparison.Ordinal)))
            word = word[..^2];

        return word.Length >= fewest && word.Length <= most && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    private static WrittenDate? Month(TokenSpan span, int year, int month) =>
        year >= 1 && month is >= 1 and <= 12 ? new WrittenDate(span, new DateTime(year, month, 1), CalendarUnit.Month, false) : null;

    private static WrittenDate? Day(TokenSpan span, int year, int month, int day, bool eitherOrder) =>
        year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new WrittenDate(span, new DateTime(year, month, day), CalendarUnit.Day, eitherOrder)
            : null;
}
