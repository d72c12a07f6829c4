using CsCheck;
using MedGemma.Agents.Planning.Builtin;
using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Tests.Builtin.Language;

public sealed class TimePhraseReaderTests
{
    private static readonly DateTimeOffset s_asOf = new(2180, 8, 10, 22, 48, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("since 35 months ago", "2177-09-01", null)]
    [InlineData("since last year", "2179-01-01", null)]
    [InlineData("until last month", null, "2180-08-01")]
    [InlineData("until 2 years ago", null, "2179-01-01")]
    [InlineData("since 78 days ago", "2180-05-24", null)]
    [InlineData("during since 2141", "2141-01-01", null)]
    [InlineData("until 10/2137", null, "2137-11-01")]
    [InlineData("since 08/11/2160", "2160-11-08", null)]
    [InlineData("until 13/02/2116", null, "2116-02-14")]
    [InlineData("in 2129", "2129-01-01", "2130-01-01")]
    [InlineData("this month", "2180-08-01", "2180-09-01")]
    [InlineData("since yesterday", "2180-08-09", null)]
    public void Calendar_reading_takes_whole_units(string phrase, string? from, string? until) =>
        AssertWindow(PlannerConventions.FhirPathQa, phrase, from, until);

    [Theory]
    [InlineData("since 3 years ago", "2177-08-10", null)]
    [InlineData("in the last two years", "2178-08-10", null)]
    [InlineData("in the past 6 months", "2180-02-10", null)]
    [InlineData("in March 2185", "2185-03-01", "2185-04-01")]
    [InlineData("on 5 March 2185", "2185-03-05", "2185-03-06")]
    [InlineData("on March 5, 2185", "2185-03-05", "2185-03-06")]
    [InlineData("since 2180-05-06", "2180-05-06", null)]
    [InlineData("between 2178 and March 2179", "2178-01-01", "2179-04-01")]
    [InlineData("before 2170", null, "2170-01-01")]
    [InlineData("after March 2170", "2170-04-01", null)]
    [InlineData("today", "2180-08-10", "2180-08-11")]
    public void Exact_reading_takes_exact_stretches(string phrase, string? from, string? until) =>
        AssertWindow(PlannerConventions.Clinical, phrase, from, until);

    [Fact]
    public void The_last_24_hours_end_at_the_question_and_begin_to_the_minute()
    {
        var window = Read(PlannerConventions.Clinical, "urine output in the last 24 hours");

        Assert.Equal(s_asOf.AddHours(-24), window.From);
        Assert.Null(window.Until);
    }

    [Fact]
    public void Days_are_whole_in_the_zone_of_the_question()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var text = new QuestionText("since yesterday");

        var phrase = Assert.Single(new TimePhraseReader(PlannerConventions.Clinical, s_asOf, zone).Read(text));

        Assert.Equal(new DateTimeOffset(2180, 8, 9, 0, 0, 0, TimeSpan.FromHours(-4)), phrase.Window.From);
    }

    [Theory]
    [InlineData("18 Gauge")]
    [InlineData("the first procedure")]
    [InlineData("Acetaminophen 325 mg")]
    [InlineData("the last hospital stay")]
    public void Numbers_and_ordering_words_alone_are_no_window(string text) =>
        Assert.Empty(new TimePhraseReader(PlannerConventions.Clinical, s_asOf, TimeZoneInfo.Utc).Read(new QuestionText(text)));

    [Fact]
    public void Any_written_day_is_read_back_in_both_orders() =>
        Gen.Select(Gen.Int[1900, 2200], Gen.Int[1, 12], Gen.Int[1, 28]).Sample((year, month, day) =>
        {
            var expected = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero);
            var dayFirst = Read(PlannerConventions.Clinical, $"on {day:00}/{month:00}/{year}");
            var monthFirst = Read(PlannerConventions.Clinical with { DateOrder = WrittenDateOrder.MonthFirst }, $"on {month:00}/{day:00}/{year}");

            Assert.Equal(expected, dayFirst.From);
            Assert.Equal(expected, monthFirst.From);
            Assert.Equal(expected.AddDays(1), dayFirst.Until);
        });

    private static void AssertWindow(PlannerConventions conventions, string phrase, string? from, string? until)
    {
        var window = Read(conventions, $"what happened {phrase}?");

        Assert.Equal(from, window.From?.ToString("yyyy-MM-dd"));
        Assert.Equal(until, window.Until?.ToString("yyyy-MM-dd"));
    }

    private static Records.Queries.QueryWindow Read(PlannerConventions conventions, string text) =>
        Assert.Single(new TimePhraseReader(conventions, s_asOf, TimeZoneInfo.Utc).Read(new QuestionText(text))).Window;
}
