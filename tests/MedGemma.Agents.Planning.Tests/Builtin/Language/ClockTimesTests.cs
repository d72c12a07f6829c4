using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Tests.Builtin.Language;

/// <summary>Times of day as they are written in questions.</summary>
public sealed class ClockTimesTests
{
    [Theory]
    [InlineData("12:36", 12, 36, 2)]
    [InlineData("08:05:00", 8, 5, 3)]
    [InlineData("18.34", 18, 34, 2)]
    [InlineData("9 am", 9, 0, 2)]
    [InlineData("12:30 pm", 12, 30, 3)]
    [InlineData("12 am", 0, 0, 2)]
    [InlineData("noon", 12, 0, 1)]
    [InlineData("midnight", 0, 0, 1)]
    public void A_time_of_day_is_read(string text, int hour, int minute, int words)
    {
        var read = ClockTimes.Read(new QuestionText(text), 0);

        Assert.Equal((new TimeSpan(hour, minute, 0), words), read);
    }

    [Theory]
    [InlineData("12 tablets")]
    [InlineData("25:10")]
    [InlineData("7.345")]
    [InlineData("130/80")]
    public void Other_numbers_are_no_times(string text) => Assert.Null(ClockTimes.Read(new QuestionText(text), 0));
}
