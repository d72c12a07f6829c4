using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Planning.Tests.Verification;

public sealed class DateMentionTests
{
    [Theory]
    [InlineData(TimePrecision.Year)]
    [InlineData(TimePrecision.Month)]
    [InlineData(TimePrecision.Day)]
    [InlineData(TimePrecision.Instant)]
    public void The_last_moment_of_the_calendar_has_an_end(TimePrecision precision)
    {
        var mention = new DateMention(new DateTime(9999, 12, 31, 23, 59, 59), precision, HasSeconds: true, TimeSpan.Zero);

        Assert.Equal(DateTime.MaxValue, mention.LocalEnd);
    }

    [Fact]
    public void A_shift_between_offsets_beyond_the_calendar_names_nothing()
    {
        var said = new DateMention(new DateTime(9999, 12, 31, 23, 0, 0), TimePrecision.Instant, HasSeconds: false, TimeSpan.FromHours(10));
        var recorded = said with { Offset = TimeSpan.FromHours(-10) };

        Assert.False(said.Names(recorded));
    }
}
