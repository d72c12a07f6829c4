using System.Text;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Replay;
using MedGemma.Agents.Sessions.Tests.Doubles;

namespace MedGemma.Agents.Sessions.Tests.Grains;

public sealed class TurnReplayTests : IAsyncLifetime
{
    private static readonly AgentWork s_agent = new("chart-planner", "h1", "planner", "m", null, null, 0, 0, true);
    private static readonly ModelCall s_call = new("chart-planner", "p1", "s1", "{}", null, 10, 0, 5, 0, null);
    private readonly TemporaryFolder _folder = new();
    private SessionCluster _cluster = null!;
    private string _session = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = await SessionCluster.StartAsync(_folder.Sqlite, staleness: TimeSpan.Zero);
        _cluster.Answerer.Model = new ModelWork([s_agent], [s_call]);
        var session = await _cluster.CreateAsync(SessionCluster.Alice);
        await SessionCluster.ReadAsync(session.AskAsync(SessionCluster.Alice, new SessionQuestion("who?", null, null), Stop));
        await SessionCluster.ReadAsync(session.AskAsync(SessionCluster.Alice, new SessionQuestion("and then?", null, null), Stop));
        _session = session.GetPrimaryKeyString();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_same_record_agents_and_model_give_the_same_turn_with_what_was_asked_before()
    {
        Assert.Equal(new ReplayOutcome.Same(1), await ReplayAsync(2));

        var again = _cluster.Answerer.Asked.Last();
        Assert.Equal("and then?", again.Text);
        Assert.Equal("who?", Assert.Single(again.Earlier).Text);
    }

    [Fact]
    public async Task What_was_settled_as_then_against_the_rounding_of_now_is_no_difference_but_is_said()
    {
        ModelCall again = s_call with { NearTies = [new NearTie(1, 7, 0.03f), new NearTie(2, 8, -0.01f), new NearTie(4, 9, -0.002f)] };
        _cluster.Answerer.Model = new ModelWork([s_agent], [again]);
        Assert.Equal(new ReplayOutcome.SameButForRounding(1, 5, 2, 0.01f), await ReplayAsync(1));
        Assert.Equal("p1", Assert.Single(_cluster.Answerer.Asked.Last().Again!.Calls).Prompt);

        _cluster.Answerer.Model = new ModelWork([s_agent], [again with { Output = "[]" }]);
        Assert.IsType<ReplayOutcome.Differs>(await ReplayAsync(1));
    }

    [Fact]
    public async Task A_turn_is_run_on_the_record_as_it_was_however_often_that_has_changed()
    {
        _cluster.Source.Put("p1", 2);
        await SessionCluster.ReadAsync(_cluster.Session(_session).AskAsync(SessionCluster.Alice, new SessionQuestion("now?", null, null), Stop));
        _cluster.Source.Put("p1", 3);

        // The scripted answer says which version of the patient it was given.
        foreach (var (turn, version) in new[] { (1, "v1"), (2, "v1"), (3, "v2") })
        {
            Assert.Equal(new ReplayOutcome.Same(1), await ReplayAsync(turn));
            Assert.Contains($"p1 in {version}", (await _cluster.Store.ReadTurnsAsync(_session, 10, Stop))[turn - 1].Result!.AnswerJson, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_not_kept_or_was_rewritten_is_said_first()
    {
        _cluster.Source.PaddingBytes++;
        Assert.IsType<ReplayOutcome.Rewritten>(await ReplayAsync(1));

        _cluster.Source.Put("p1", 2);
        _cluster.Source.KeepsVersions = false;
        Assert.Equal(new ReplayOutcome.VersionsLost(1, 1), await ReplayAsync(2));

        _cluster.Source.Forget("p1");
        Assert.Equal(new ReplayOutcome.VersionsLost(1, 1), await ReplayAsync(1));
    }

    [Fact]
    public async Task A_session_lists_the_versions_of_a_record_once()
    {
        var turns = await _cluster.Store.ReadTurnsAsync(_session, 10, Stop);

        Assert.Contains("\"Patient/p1 v1\"", turns[0].Result!.RecordVersions, StringComparison.Ordinal);
        Assert.DoesNotContain("Patient/p1 v1", turns[1].Result!.RecordVersions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_difference_is_the_earliest_cause()
    {
        _cluster.Answerer.Model = new ModelWork([s_agent with { Hash = "h2" }], [s_call with { Output = "[]" }]);
        Assert.Equal(new ReplayOutcome.Differs(new ReplayDifference("agent chart-planner: hash", "h1", "h2")), await ReplayAsync(1));

        _cluster.Answerer.Model = new ModelWork([s_agent], [s_call with { Output = "[]" }]);
        Assert.Equal(new ReplayOutcome.Differs(new ReplayDifference("call 1 of chart-planner: output", "{}", "[]")), await ReplayAsync(1));

        _cluster.Answerer.Model = new ModelWork([s_agent], [s_call, s_call]);
        Assert.Equal(new ReplayOutcome.Differs(new ReplayDifference("number of calls", "1", "2")), await ReplayAsync(1));

        _cluster.Answerer.Model = new ModelWork([s_agent], [s_call]);
        _cluster.Answerer.Text = "This is somebody.";
        Assert.Equal("answer.text", Assert.IsType<ReplayOutcome.Differs>(await ReplayAsync(1)).First.Where);
    }

    [Fact]
    public async Task A_turn_that_is_not_there_is_not_run()
    {
        Assert.IsType<ReplayOutcome.NoSuchTurn>(await ReplayAsync(3));
        _session = SessionKey.Create();
        Assert.IsType<ReplayOutcome.NoSuchTurn>(await ReplayAsync(1));
    }

    [Fact]
    public async Task A_turn_without_an_answer_says_so_and_what_was_done_by_then()
    {
        _cluster.Answerer.Model = new ModelWork([s_agent], [s_call, s_call with { Failure = "model-lost" }]);
        var session = _cluster.Session(_session);
        await SessionCluster.ReadAsync(session.AskAsync(SessionCluster.Alice, new SessionQuestion("fail", null, null), Stop));
        var asked = SessionCluster.ReadAsync(session.AskAsync(SessionCluster.Alice, new SessionQuestion("wait", null, null), Stop));
        await _cluster.Answerer.Waiting;
        await session.CancelAsync(SessionCluster.Alice, 4);
        await asked;

        Assert.Equal(new ReplayOutcome.NoAnswer("failed", 1, 2, "model-lost"), await ReplayAsync(3));
        Assert.Equal(new ReplayOutcome.NoAnswer("cancelled", 1, 2, "model-lost"), await ReplayAsync(4));
        foreach (var stored in (await _cluster.Store.ReadTurnsAsync(_session, 10, Stop)).Where(turn => turn.Result is { AnswerJson: null }))
        {
            Assert.Contains("sha256", stored.Result!.RecordVersions, StringComparison.Ordinal);
            Assert.Equal([stored.Turn.Question], QueryResultJson.ReadQueries(Encoding.UTF8.GetBytes(stored.Result.QueriesJson))[0].Selection.Concepts);
        }
    }

    private Task<ReplayOutcome> ReplayAsync(int turn) =>
        new TurnReplayer(_cluster.Store, new NamedRecordSource("fake", _cluster.Source), new RecordBuilder(TimeZoneInfo.Utc), _cluster.Answerer, 20).ReplayAsync(_session, turn, Stop);
}
