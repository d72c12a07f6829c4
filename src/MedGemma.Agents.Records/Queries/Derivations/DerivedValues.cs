using System.Diagnostics.CodeAnalysis;
using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Queries.Derivations;

/// <summary>The arithmetic behind derivations, in one place so that running a query and recomputing its proof cannot differ.</summary>
internal static class DerivedValues
{
    /// <summary>Days between two recorded times, to two decimals; whole calendar days when either has no time of day.</summary>
    public static bool TryDays(string? from, string? until, TimeZoneInfo zone, out decimal days)
    {
        days = 0;
        if (!RecordedMoment.TryParse(from, zone, out var start) || !RecordedMoment.TryParse(until, zone, out var end))
            return false;
        if (start.Precision < TimePrecision.Day || end.Precision < TimePrecision.Day)
            return false;

        days = start.Precision == TimePrecision.Day || end.Precision == TimePrecision.Day
            ? end.Day(zone).DayNumber - start.Day(zone).DayNumber
            : decimal.Round((decimal)(end.Start - start.Start).Ticks / TimeSpan.TicksPerDay, 2);
        return true;
    }

    /// <summary>
    /// The length between two recorded times in a UCUM unit of time: days as <see cref="TryDays"/> gives them, hours, minutes and weeks to one decimal; months and years as completed
    /// ones of the calendar; <c>{night}</c> and <c>{day}</c> as midnights passed. Hours and minutes need times of day.
    /// </summary>
    /// <param name="from">The first time.</param>
    /// <param name="until">The second.</param>
    /// <param name="zone">Zone of whole days.</param>
    /// <param name="unit">Unit, one of <see cref="LengthUnits"/>.</param>
    /// <param name="whole">Whether only completed units count.</param>
    /// <param name="length">The length.</param>
    public static bool TryLength(string? from, string? until, TimeZoneInfo zone, string unit, bool whole, out decimal length)
    {
        length = 0;
        if (!TryDays(from, until, zone, out var days) || !RecordedMoment.TryParse(from, zone, out var start) || !RecordedMoment.TryParse(until, zone, out var end))
            return false;

        var isTimed = start.Precision == TimePrecision.Instant && end.Precision == TimePrecision.Instant;
        decimal? exact = unit switch
        {
            "d" => isTimed ? InDays(end.Start - start.Start) : days,
            "wk" => (isTimed ? InDays(end.Start - start.Start) : days) / 7,
            "h" when isTimed => InDays(end.Start - start.Start) * 24,
            "min" when isTimed => InDays(end.Start - start.Start) * 24 * 60,
            "{night}" or LengthUnits.CalendarDays => end.Day(zone).DayNumber - start.Day(zone).DayNumber,
            "mo" => CompletedMonths(start, end, isTimed, zone),
            "a" => decimal.Truncate(CompletedMonths(start, end, isTimed, zone) / 12m),
            _ => null,
        };
        length = exact is not { } value ? 0 : whole ? decimal.Truncate(value) : WithoutZeros(decimal.Round(value, unit == "d" ? 2 : 1));
        return exact is not null;
    }

    /// <summary>The length from a recorded time to the instant of the question; to it where it is still to come, in days of the calendar as people count down to an appointment.</summary>
    public static bool TryLengthToNow(string? recorded, string? asOf, TimeZoneInfo zone, string unit, bool whole, out decimal length)
    {
        length = 0;
        if (!RecordedMoment.TryParse(recorded, zone, out var moment) || !RecordedMoment.TryParse(asOf, zone, out var now))
            return false;

        return moment.Start <= now.Start
            ? TryLength(recorded, asOf, zone, unit, whole, out length)
            : TryLength(asOf, recorded, zone, unit is LengthUnits.Days ? LengthUnits.CalendarDays : unit, whole, out length);
    }

    // 5 hours, not 5.0: division by a one of full scale drops the zeros.
    private static decimal WithoutZeros(decimal value) => value / 1.0000000000000000000000000000m;

    private static decimal InDays(TimeSpan span) => (decimal)span.Ticks / TimeSpan.TicksPerDay;

    private static int CompletedMonths(RecordedMoment start, RecordedMoment end, bool isTimed, TimeZoneInfo zone)
    {
        var (from, until) = isTimed
            ? (TimeZoneInfo.ConvertTime(start.Start, zone).DateTime, TimeZoneInfo.ConvertTime(end.Start, zone).DateTime)
            : (start.Day(zone).ToDateTime(TimeOnly.MinValue), end.Day(zone).ToDateTime(TimeOnly.MinValue));
        if (until < from)
            return -CompletedMonths(end, start, isTimed, zone);

        var months = (until.Year - from.Year) * 12 + until.Month - from.Month;
        return from.AddMonths(months) > until ? months - 1 : months;
    }

    /// <summary>Completed years at an instant, or at death.</summary>
    public static bool TryAge(string? birth, string? death, DateTimeOffset asOf, TimeZoneInfo zone, out int years)
    {
        years = 0;
        if (!RecordedMoment.TryParse(birth, zone, out var born))
            return false;

        var until = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(asOf, zone).DateTime);
        if (death is not null)
        {
            if (!RecordedMoment.TryParse(death, zone, out var died) || died.Precision < TimePrecision.Day)
                return false;
            until = died.Day(zone);
        }

        var day = born.Day(zone);
        years = until.Year - day.Year - (until < day.AddYears(until.Year - day.Year) ? 1 : 0);
        return years >= 0;
    }

    /// <summary>The bytes behind base64.</summary>
    public static bool TryDecode(string base64, out byte[] bytes)
    {
        bytes = new byte[base64.Length / 4 * 3 + 3];
        var isBase64 = Convert.TryFromBase64String(base64, bytes, out var written);
        bytes = isBase64 ? bytes[..written] : [];
        return isBase64;
    }

    /// <summary>By how many percent of the first the last is more, or less where the fall is asked for; null of a first of zero.</summary>
    public static decimal? PercentChange(decimal first, decimal last, bool fall) => first == 0 ? null : (fall ? first - last : last - first) / Math.Abs(first) * 100;

    /// <summary>Whether the later of two numbers is higher, or lower.</summary>
    public static bool IsChanged(decimal first, decimal last, bool higher) => higher ? last > first : last < first;

    /// <summary>Mean of at least one number.</summary>
    public static decimal Mean(IReadOnlyList<decimal> numbers) => Sum(numbers) / numbers.Count;

    /// <summary>Sum.</summary>
    public static decimal Sum(IReadOnlyList<decimal> numbers)
    {
        var sum = 0m;
        foreach (var number in numbers)
            sum += number;
        return sum;
    }

    /// <summary>Median of at least one number; the mean of the middle two for an even number.</summary>
    public static decimal Median(IReadOnlyList<decimal> numbers)
    {
        var sorted = numbers.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Least-squares line through a series, with what is left around it.</summary>
    public static bool TryFit(IReadOnlyList<(DateTimeOffset At, decimal Value)> points, [NotNullWhen(true)] out SeriesFit? fit)
    {
        fit = null;
        if (points.Count < 2)
            return false;

        var origin = points[0].At;
        var days = points.Select(point => (point.At - origin).TotalDays).ToArray();
        var values = points.Select(point => (double)point.Value).ToArray();
        var (meanDay, meanValue) = (days.Average(), values.Average());
        var spreadOfDays = days.Sum(day => (day - meanDay) * (day - meanDay));
        if (spreadOfDays <= 0)
            return false;

        var slope = days.Zip(values).Sum(point => (point.First - meanDay) * (point.Second - meanValue)) / spreadOfDays;
        var residual = Math.Sqrt(days.Zip(values).Sum(point => Math.Pow(point.Second - meanValue - slope * (point.First - meanDay), 2)) / points.Count);
        var change = slope * (days.Max() - days.Min());
        var steady = Math.Abs(change) <= 2 * residual || Math.Abs(change) <= 1e-9 * Math.Max(1, Math.Abs(meanValue));
        fit = new SeriesFit(steady ? "steady" : change > 0 ? "rising" : "falling", Rounded(slope));
        return true;
    }

    private static decimal Rounded(double slope) =>
        slope == 0 ? 0 : decimal.Parse(slope.ToString("G6", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);
}
