using MedGemma.Agents.Inference.Engine;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Inference.Tests.Engine;

public sealed class WatchedWorkTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly WatchedWork _work;

    public WatchedWorkTests() => _work = new WatchedWork(_clock);

    [Fact]
    public void The_first_piece_of_all_may_take_a_quarter_of_an_hour()
    {
        Assert.Equal(TimeSpan.FromMinutes(15), LimitOf(512));
    }

    [Fact]
    public void Quick_work_is_given_three_minutes()
    {
        Do(512, TimeSpan.FromMilliseconds(100));

        Assert.Equal(TimeSpan.FromMinutes(3), LimitOf(512));
    }

    [Fact]
    public void Slow_work_is_given_several_times_as_long_as_such_work_took()
    {
        Do(1, TimeSpan.FromSeconds(2));
        Do(512, TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromMinutes(8), LimitOf(512));
        Assert.Equal(TimeSpan.FromMinutes(3), LimitOf(1));
    }

    [Fact]
    public void A_piece_larger_than_any_before_is_given_longer_in_proportion()
    {
        Do(1, TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(8 * 512), LimitOf(512));
    }

    [Fact]
    public void Where_only_larger_pieces_were_seen_a_small_one_may_take_as_long()
    {
        Do(512, TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromMinutes(8), LimitOf(1));
    }

    [Fact]
    public void Between_pieces_nothing_is_overdue()
    {
        Do(1, TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.False(_work.IsOverdue);
    }

    private void Do(int units, TimeSpan takes)
    {
        _work.Begin(units);
        _clock.Advance(takes);
        _work.End();
    }

    // By going there: the longest time that is not overdue, to the second.
    private TimeSpan LimitOf(int units)
    {
        _work.Begin(units);
        var taken = TimeSpan.Zero;
        while (true)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            if (_work.IsOverdue)
                return taken;

            taken += TimeSpan.FromSeconds(1);
        }
    }
}
