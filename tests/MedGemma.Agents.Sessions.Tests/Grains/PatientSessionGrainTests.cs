using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Events;
using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Tests.Doubles;

namespace MedGemma.Agents.Sessions.Tests.Grains;

public sealed class PatientSessionGrainTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SessionCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await SessionCluster.StartAsync(_folder.Sqlite);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_question_streams_its_steps_and_ends_with_the_answer()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);

        var events = await AskAsync(session, "who?");

        Assert.Equal(
            [typeof(PlannedEvent), typeof(QueriedEvent), typeof(ClaimedEvent), typeof(AnsweredEvent)],
            events.Select(happened => happened.GetType()));
        using var answer = JsonDocument.Parse(((AnsweredEvent)events[^1]).AnswerJson);
        Assert.Equal("p1", answer.RootElement.GetProperty("values")[0].GetString());
    }

    [Fact]
    public async Task The_turn_is_stored_when_the_answer_is_seen()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);

        var answered = (AnsweredEvent)(await AskAsync(session, "who?"))[^1];

        var stored = Assert.Single(await _cluster.Store.ReadTurnsAsync(session.GetPrimaryKeyString(), 10, Stop));
        Assert.Equal(answered.AnswerJson, stored.Result?.AnswerJson);
        Assert.Contains("sha256", stored.Result?.RecordVersions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_question_while_one_runs_is_refused_as_busy()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);
        var first = AskAsync(session, "wait");
        await _cluster.Answerer.Waiting;

        var second = await AskAsync(session, "who?");
        var deleted = await session.DeleteAsync(SessionCluster.Alice);

        // A turn is a row, and can be seen, when it takes longer than a quick one.
        SessionView? shown;
        while ((shown = await session.GetAsync(SessionCluster.Alice))!.Turns.Count == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Stop);
        _cluster.Answerer.Release();

        Assert.Equal(new FailedEvent(null, SessionProblem.Busy), Assert.Single(second));
        Assert.Equal(SessionProblem.Busy, deleted);
        Assert.Equal("running", Assert.Single(shown.Turns).Status);
        Assert.IsType<AnsweredEvent>((await first)[^1]);
    }

    [Fact]
    public async Task A_turn_that_its_user_stops_is_stored_as_cancelled_and_the_next_one_runs()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);
        var asked = AskAsync(session, "wait");
        await _cluster.Answerer.Waiting;

        Assert.Equal(SessionProblem.NotFound, await session.CancelAsync(SessionCluster.Mallory, 1));
        Assert.Equal(SessionProblem.TurnUnknown, await session.CancelAsync(SessionCluster.Alice, 2));
        Assert.Equal(SessionProblem.None, await session.CancelAsync(SessionCluster.Alice, 1));

        Assert.Equal(new FailedEvent(1, SessionProblem.Cancelled), (await asked)[^1]);
        Assert.Equal("cancelled", Assert.Single((await session.GetAsync(SessionCluster.Alice))!.Turns).Status);
        Assert.Equal(SessionProblem.TurnUnknown, await session.CancelAsync(SessionCluster.Alice, 1));
        Assert.IsType<AnsweredEvent>((await AskAsync(session, "who?"))[^1]);
    }

    [Fact]
    public async Task Of_many_questions_at_once_exactly_one_runs()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);
        var asked = Enumerable.Range(0, 20).Select(number => AskAsync(session, $"wait {number}")).ToArray();
        await _cluster.Answerer.Waiting;
        while (asked.Count(task => task.IsCompleted) < 19)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Stop);

        _cluster.Answerer.Release();
        var ends = (await Task.WhenAll(asked)).Select(events => events[^1]).ToArray();

        Assert.Equal(1, ends.Count(end => end is AnsweredEvent));
        Assert.Equal(19, ends.Count(end => end is FailedEvent { Problem: SessionProblem.Busy }));
        Assert.Single(await _cluster.Store.ReadTurnsAsync(session.GetPrimaryKeyString(), 100, Stop));
    }

    [Fact]
    public async Task A_dropped_stream_still_finishes_and_stores_its_turn()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);
        await foreach (var happened in session.AskAsync(SessionCluster.Alice, new SessionQuestion("wait", null, null), Stop))
        {
            Assert.IsType<PlannedEvent>(happened);
            break;
        }

        _cluster.Answerer.Release();
        SessionView? shown;
        do
            shown = await session.GetAsync(SessionCluster.Alice);
        while (shown!.Turns[0].Status == "running");

        Assert.Equal("answered", shown.Turns[0].Status);
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_stored_turn()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);

        var first = (AnsweredEvent)(await AskAsync(session, "who?", "k1"))[^1];
        var again = (AnsweredEvent)Assert.Single(await AskAsync(session, "who?", "k1"));
        var other = Assert.Single(await AskAsync(session, "something else?", "k1"));

        Assert.Equal(first with { Replayed = true }, again);
        Assert.Equal(new FailedEvent(null, SessionProblem.KeyReused), other);
        Assert.Single(_cluster.Answerer.Asked);
    }

    [Fact]
    public async Task Another_user_finds_nothing()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);
        await AskAsync(session, "who?");

        var asked = await SessionCluster.ReadAsync(session.AskAsync(SessionCluster.Mallory, new SessionQuestion("who?", null, null), Stop));

        Assert.Equal(new FailedEvent(null, SessionProblem.NotFound), Assert.Single(asked));
        Assert.Null(await session.GetAsync(SessionCluster.Mallory));
        Assert.Null(await session.GetAsync(SessionCluster.Alice with { Issuer = "elsewhere" }));
        Assert.Equal(SessionProblem.NotFound, await session.DeleteAsync(SessionCluster.Mallory));
        Assert.Equal(SessionProblem.NotFound, await session.ReportWrongAsync(SessionCluster.Mallory, 1, ""));
        Assert.Equal(SessionProblem.AlreadyExists, await session.CreateAsync(SessionCluster.Mallory, "p2", AskerRole.Clinician));
        Assert.NotNull(await session.GetAsync(SessionCluster.Alice));
    }

    [Fact]
    public async Task A_patient_whom_the_user_may_not_open_is_as_unknown_as_one_who_is_not_there()
    {
        _cluster.Access.Revoke(SessionCluster.Alice, "p2");
        _cluster.Access.Revoke(SessionCluster.Alice, "nobody");

        foreach (var patient in new[] { "p2", "nobody" })
        {
            var session = _cluster.Session(SessionKey.Create());
            Assert.Equal(SessionProblem.PatientUnknown, await session.CreateAsync(SessionCluster.Alice, patient, AskerRole.Clinician));
            Assert.Null(await session.GetAsync(SessionCluster.Alice));
        }
    }

    [Fact]
    public async Task Access_that_is_taken_away_ends_the_session_for_its_own_user()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);
        await AskAsync(session, "who?");

        _cluster.Access.Revoke(SessionCluster.Alice, "p1");

        Assert.Equal(new FailedEvent(null, SessionProblem.NotFound), Assert.Single(await AskAsync(session, "who?")));
        Assert.Null(await session.GetAsync(SessionCluster.Alice));
        Assert.Equal(SessionProblem.NotFound, await session.ReportWrongAsync(SessionCluster.Alice, 1, ""));
        Assert.Equal(SessionProblem.NotFound, await session.DeleteAsync(SessionCluster.Alice));
    }

    [Fact]
    public async Task A_session_that_was_never_created_is_not_found()
    {
        var session = _cluster.Session(SessionKey.Create());

        Assert.Null(await session.GetAsync(SessionCluster.Alice));
        Assert.Equal(new FailedEvent(null, SessionProblem.NotFound), Assert.Single(await AskAsync(session, "who?")));
        Assert.Equal(SessionProblem.PatientUnknown, await session.CreateAsync(SessionCluster.Alice, "nobody", AskerRole.Clinician));
    }

    [Fact]
    public async Task An_idle_session_comes_back_whole()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);
        await AskAsync(session, "first?");
        await AskAsync(session, "second?");

        await _cluster.CollectIdleAsync(session);
        var third = (AnsweredEvent)(await AskAsync(session, "third?"))[^1];

        Assert.Equal(3, third.Turn);
        var earlier = _cluster.Answerer.Asked.Last().Earlier;
        Assert.Equal(["first?", "second?"], earlier.Select(question => question.Text));
        Assert.Equal(["second?"], earlier[1].Queries[0].Selection.Concepts);
        Assert.Null(await session.GetAsync(SessionCluster.Mallory));
    }

    [Fact]
    public async Task A_deleted_session_is_not_found_also_after_it_left_memory()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);

        Assert.Equal(SessionProblem.None, await session.DeleteAsync(SessionCluster.Alice));

        Assert.Null(await session.GetAsync(SessionCluster.Alice));
        Assert.Null(await _cluster.Store.FindSessionAsync(session.GetPrimaryKeyString(), Stop));
    }

    [Fact]
    public async Task A_failed_turn_is_stored_as_failed_and_may_be_asked_again()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);

        var failed = (await AskAsync(session, "fail", "k"))[^1];
        var again = (await AskAsync(session, "fail", "k"))[^1];

        Assert.Equal(new FailedEvent(1, SessionProblem.Internal), failed);
        Assert.Equal(new FailedEvent(2, SessionProblem.Internal), again);
        Assert.All((await session.GetAsync(SessionCluster.Alice))!.Turns, turn => Assert.Equal("failed", turn.Status));
    }

    [Fact]
    public async Task A_wrong_answer_is_reported_for_a_turn_that_exists()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);
        await AskAsync(session, "who?");

        Assert.Equal(SessionProblem.None, await session.ReportWrongAsync(SessionCluster.Alice, 1, "not so"));
        Assert.Equal(SessionProblem.TurnUnknown, await session.ReportWrongAsync(SessionCluster.Alice, 2, "not so"));
    }

    [Fact]
    public async Task An_import_is_seen_by_the_next_turn()
    {
        var session = await _cluster.CreateAsync(SessionCluster.Alice);
        var before = (AnsweredEvent)(await AskAsync(session, "who?"))[^1];
        _cluster.Source.Put("p1", version: 2);
        AnsweredEvent after;
        var limit = TimeProvider.System.GetTimestamp();
        do
            after = (AnsweredEvent)(await AskAsync(session, "who?"))[^1];
        while (!after.AnswerJson.Contains("v2", StringComparison.Ordinal) && TimeProvider.System.GetElapsedTime(limit) < TimeSpan.FromSeconds(10));

        Assert.Contains("v1", before.AnswerJson, StringComparison.Ordinal);
        Assert.Contains("v2", after.AnswerJson, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<List<SessionEvent>> AskAsync(IPatientSessionGrain session, string text, string? key = null) =>
        SessionCluster.ReadAsync(session.AskAsync(SessionCluster.Alice, new SessionQuestion(text, null, key), Stop));
}
