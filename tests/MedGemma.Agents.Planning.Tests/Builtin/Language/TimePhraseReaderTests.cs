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

    [Theory]
    [InlineData("from 2018 onwards", "2018-01-01", null)]
    [InlineData("from 2018 on", "2018-01-01", null)]
    [InlineData("2018 or later", "2018-01-01", null)]
    [InlineData("from March 2018 to the present", "2018-03-01", null)]
    [InlineData("in or after 2018", "2018-01-01", null)]
    [InlineData("on or before 5 March 2018", null, "2018-03-06")]
    [InlineData("no later than 2018", null, "2019-01-01")]
    [InlineData("up to and including 2018", null, "2019-01-01")]
    [InlineData("since the year 2000", "2000-01-01", null)]
    [InlineData("over the course of 2019", "2019-01-01", "2020-01-01")]
    [InlineData("before the start of 2019", null, "2019-01-01")]
    [InlineData("before the end of 2019", null, "2020-01-01")]
    [InlineData("since the end of May 2019", "2019-06-01", null)]
    [InlineData("in 2015 to 2018 inclusive", "2015-01-01", "2019-01-01")]
    [InlineData("March to May 2022", "2022-03-01", "2022-06-01")]
    [InlineData("from 5 to 12 June 2020", "2020-06-05", "2020-06-13")]
    [InlineData("in the 1980s", "1980-01-01", "1990-01-01")]
    [InlineData("in the nineties", "2090-01-01", "2100-01-01")]
    [InlineData("since last Christmas", "2179-12-25", null)]
    [InlineData("before Christmas 2018", null, "2018-12-25")]
    [InlineData("on New Year's Day 2019", "2019-01-01", "2019-01-02")]
    [InlineData("since June", "2180-06-01", null)]
    [InlineData("in October", "2179-10-01", "2179-11-01")]
    [InlineData("on 30th of September 2016", "2016-09-30", "2016-10-01")]
    [InlineData("the year before last", "2178-01-01", "2179-01-01")]
    [InlineData("the day before yesterday", "2180-08-08", "2180-08-09")]
    [InlineData("in the past decade", "2170-08-10", null)]
    [InlineData("in the last thirty days", "2180-07-11", null)]
    [InlineData("last Monday", "2180-08-07", "2180-08-08")]
    public void The_words_around_a_time_say_which_side_of_it_is_meant(string phrase, string? from, string? until) =>
        AssertWindow(PlannerConventions.Clinical, phrase, from, until);

    [Theory]
    [InlineData("potassium from 5 March 2018", "2018-03-05", "2018-03-06")]
    [InlineData("cultures from March 2018", "2018-03-01", "2018-04-01")]
    [InlineData("potassium measured from 5 March 2018", "2018-03-05", null)]
    [InlineData("from March 2018, which drugs", "2018-03-01", null)]
    public void A_thing_from_a_day_is_of_that_day(string question, string? from, string? until) => AssertWindow(PlannerConventions.Clinical, question, from, until);

    [Theory]
    [InlineData("in her eighties")]
    [InlineData("at the start of 2019")]
    [InlineData("early Christmas")]
    public void A_time_that_is_no_date_is_not_taken_for_one(string text) =>
        Assert.Empty(new TimePhraseReader(PlannerConventions.Clinical, s_asOf, new Calendar(TimeZoneInfo.Utc)).Read(new QuestionText(text)));

    [Theory]
    [InlineData("potassium this morning", 0, 12, 0)]
    [InlineData("BP yesterday evening", 18, 24, -1)]
    [InlineData("temperature overnight", -4, 8, 0)]
    [InlineData("sats last night", -4, 8, 0)]
    public void Parts_of_a_day_are_hours_of_the_clock_that_are_said(string question, int from, int until, int day)
    {
        var phrase = Assert.Single(new TimePhraseReader(PlannerConventions.Clinical, s_asOf, new Calendar(TimeZoneInfo.Utc)).Read(new QuestionText(question)));

        var midnight = new DateTimeOffset(s_asOf.UtcDateTime.Date, TimeSpan.Zero).AddDays(day);
        Assert.Equal((midnight.AddHours(from), midnight.AddHours(until)), (phrase.Window.From, phrase.Window.Until));
        Assert.NotNull(phrase.Reading);
    }

    [Fact]
    public void A_date_before_a_noun_says_which_one_and_leaves_the_preposition_to_it()
    {
        var phrase = Assert.Single(new TimePhraseReader(PlannerConventions.Clinical, s_asOf, new Calendar(TimeZoneInfo.Utc)).Read(new QuestionText("after the June 1990 stay")));

        Assert.Equal((TimeBound.After, new TokenSpan(2, 2)), (phrase.Attributive, phrase.Span));
    }

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

        var phrase = Assert.Single(new TimePhraseReader(PlannerConventions.Clinical, s_asOf, new Calendar(zone)).Read(text));

        Assert.Equal(new DateTimeOffset(2180, 8, 9, 0, 0, 0, TimeSpan.FromHours(-4)), phrase.Window.From);
    }

    [Theory]
    [InlineData("18 Gauge")]
    [InlineData("the first procedure")]
    [InlineData("Acetaminophen 325 mg")]
    [InlineData("the last hospital stay")]
    public void Numbers_and_ordering_words_alone_are_no_window(string text) =>
        Assert.Empty(new TimePhraseReader(PlannerConventions.Clinical, s_asOf, new Calendar(TimeZoneInfo.Utc)).Read(new QuestionText(text)));

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
        Assert.Single(new TimePhraseReader(conventions, s_asOf, new Calendar(TimeZoneInfo.Utc)).Read(new QuestionText(text))).Window;
}
