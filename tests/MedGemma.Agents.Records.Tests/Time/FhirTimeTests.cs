using System.Globalization;
using CsCheck;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Tests.Time;

public sealed class FhirTimeTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.CreateCustomTimeZone(
        "berlin", TimeSpan.FromHours(1), null, null, null,
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday)),
        ]);

    private static readonly Gen<DateTimeOffset> Moments =
        Gen.Select(Gen.Long[DateTime.MinValue.AddYears(1).Ticks, DateTime.MaxValue.AddYears(-1).Ticks], Gen.Int[-14 * 60, 14 * 60])
            .Select((ticks, minutes) => new DateTimeOffset(new DateTime(ticks), TimeSpan.FromMinutes(minutes)));

    [Theory]
    [InlineData("2016", TimePrecision.Year, "2016-01-01T00:00:00Z", "2017-01-01T00:00:00Z")]
    [InlineData("2016-02", TimePrecision.Month, "2016-02-01T00:00:00Z", "2016-03-01T00:00:00Z")]
    [InlineData("2016-02-29", TimePrecision.Day, "2016-02-29T00:00:00Z", "2016-03-01T00:00:00Z")]
    [InlineData("2016-12-31", TimePrecision.Day, "2016-12-31T00:00:00Z", "2017-01-01T00:00:00Z")]
    public void A_partial_date_is_its_whole_interval(string text, TimePrecision precision, string start, string end)
    {
        Assert.True(FhirTime.TryParse(text, TimeZoneInfo.Utc, out var interval, out var found));
        Assert.Equal(precision, found);
        Assert.Equal(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture), interval.Start);
        Assert.Equal(DateTimeOffset.Parse(end, CultureInfo.InvariantCulture), interval.End);
    }

    [Theory]
    [InlineData("2180-05-06T22:23:00-04:00", "2180-05-07T02:23:00Z")]
    [InlineData("2019-03-31T01:30Z", "2019-03-31T01:30:00Z")]
    [InlineData("2019-03-31T24:00:00Z", "2019-04-01T00:00:00Z")]
    [InlineData("2019-03-31T23:59:60Z", "2019-04-01T00:00:00Z")]
    [InlineData("2019-03-31T10:00:00", "2019-03-31T10:00:00Z")]
    [InlineData("2019-03-31T10:00:00.1234567899+00:00", "2019-03-31T10:00:00.1234567Z")]
    public void A_time_is_one_tick_at_its_offset(string text, string moment)
    {
        Assert.True(FhirTime.TryParse(text, TimeZoneInfo.Utc, out var interval, out var precision));
        Assert.Equal(TimePrecision.Instant, precision);
        Assert.Equal(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), interval.Start);
        Assert.Equal(interval.Start!.Value.AddTicks(1), interval.End);
    }

    [Theory]
    [InlineData("")]
    [InlineData("16")]
    [InlineData("0000")]
    [InlineData("2015-02-29")]
    [InlineData("2015-13")]
    [InlineData("2015-00-01")]
    [InlineData("2015-1-01")]
    [InlineData("2015-04-31")]
    [InlineData("2015/04/30")]
    [InlineData("2015-04-30 10:00:00Z")]
    [InlineData("2015-04-30T")]
    [InlineData("2015-04-30T10")]
    [InlineData("2015-04-30T25:00:00Z")]
    [InlineData("2015-04-30T24:00:01Z")]
    [InlineData("2015-04-30T10:60:00Z")]
    [InlineData("2015-04-30T10:00:61Z")]
    [InlineData("2015-04-30T10:00:00.Z")]
    [InlineData("2015-04-30T10:00:00+15:00")]
    [InlineData("2015-04-30T10:00:00z")]
    [InlineData("2015-04-30T10:00:00Z ")]
    [InlineData("yesterday")]
    public void What_is_no_fhir_date_is_refused(string text) =>
        Assert.False(FhirTime.TryParse(text, TimeZoneInfo.Utc, out _, out _));

    [Fact]
    public void A_day_of_a_clock_change_is_23_or_25_hours_long()
    {
        Assert.True(FhirTime.TryParse("2019-03-31", Berlin, out var spring, out _));
        Assert.True(FhirTime.TryParse("2019-10-27", Berlin, out var autumn, out _));
        Assert.Equal(TimeSpan.FromHours(23), spring.End - spring.Start);
        Assert.Equal(TimeSpan.FromHours(25), autumn.End - autumn.Start);
    }

    [Fact]
    public void The_last_day_of_the_calendar_has_no_end()
    {
        Assert.True(FhirTime.TryParse("9999-12-31", TimeZoneInfo.Utc, out var day, out _));
        Assert.Null(day.End);
        Assert.True(FhirTime.TryParse("9999", TimeZoneInfo.Utc, out var year, out _));
        Assert.Null(year.End);
    }

    [Fact]
    public void Every_instant_comes_back_as_it_was_written() => Moments.Sample(moment =>
    {
        var text = moment.ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);
        return FhirTime.TryParse(text, TimeZoneInfo.Utc, out var interval, out _)
            && interval.Start == moment && interval.Start!.Value.Offset == moment.Offset && interval.End == moment.AddTicks(1);
    });

    [Fact]
    public void Every_instant_lies_in_its_day_its_day_in_its_month_and_its_month_in_its_year() => Moments.Sample(moment =>
    {
        foreach (var zone in new[] { TimeZoneInfo.Utc, Berlin })
        {
            var local = TimeZoneInfo.ConvertTime(moment, zone);
            var day = Parse(local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), zone);
            var month = Parse(local.ToString("yyyy-MM", CultureInfo.InvariantCulture), zone);
            var year = Parse(local.ToString("yyyy", CultureInfo.InvariantCulture), zone);
            if (!day.Contains(moment) || month.Intersect(day) != day || year.Intersect(month) != month)
                return false;
        }

        return true;
    });

    [Fact]
    public void Days_follow_each_other_without_gap_or_overlap() => Gen.Int[0, 900_000].Sample(days =>
    {
        var date = new DateTime(1600, 1, 1).AddDays(days % 800_000 % 140_000);
        var today = Parse(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Berlin);
        var tomorrow = Parse(date.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Berlin);
        return today.End == tomorrow.Start;
    });

    [Fact]
    public void No_text_throws() => Gen.String[Gen.Char["0123456789-T:+Z. "], 0, 30].Sample(text =>
    {
        _ = FhirTime.TryParse(text, Berlin, out _, out _);
    });

    private static TimeInterval Parse(string text, TimeZoneInfo zone)
    {
        Assert.True(FhirTime.TryParse(text, zone, out var interval, out _));
        return interval;
    }
}
