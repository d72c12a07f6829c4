using MedGemma.Agents.Host.Mcp;
using MedGemma.Agents.Records.Queries;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Host.Tests.Mcp;

public sealed class FoundResultsTests
{
    private static readonly QueryResult s_result = new(
        new RecordQuery(new RecordSelection { Kinds = [RecordKind.Encounter] }, new CountAggregate()), QueryOutcome.Found, [], 0, 0, [], [], [], [], null);

    [Fact]
    public void A_number_is_given_once_and_what_is_forgotten_has_none()
    {
        var found = new FoundResults(1);
        var numbers = Enumerable.Range(0, 250).Select(_ => found.Add([s_result])).ToList();

        Assert.Equal(Enumerable.Range(1, 250), numbers);
        var (results, first) = found.Snapshot();
        Assert.Equal((FoundResults.MostKept, 250 - FoundResults.MostKept + 1), (results.Count, first));
    }

    [Fact]
    public void A_session_in_use_is_remembered_however_many_others_come()
    {
        var sessions = new FoundBySession(new FakeTimeProvider(), Counter());
        var mine = sessions.Of("mine");
        for (var i = 0; i < FoundBySession.MostSessions * 3; i++)
        {
            sessions.Of($"other {i}");
            if (i % 100 == 0)
                Assert.Same(mine, sessions.Of("mine"));
        }
    }

    [Fact]
    public void A_session_that_was_forgotten_begins_with_another_number()
    {
        var clock = new FakeTimeProvider();
        var sessions = new FoundBySession(clock, Counter());
        var before = sessions.Of("mine");
        before.Add([s_result]);

        clock.Advance(FoundBySession.Remembered);
        var after = sessions.Of("mine");

        Assert.NotSame(before, after);
        Assert.NotEqual(1, after.Add([s_result]));
    }

    private static Func<int> Counter()
    {
        var beginning = 1;
        return () => beginning += 1000;
    }
}
