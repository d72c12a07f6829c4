using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Storage;
using MedGemma.Agents.Sessions.Tests.Doubles;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Sessions.Tests.Grains;

public sealed class TurnRecorderTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly TurnRow s_turn = new("session", 1, null, "who?", s_now, s_now);
    private static readonly AuditRow s_beginning = new(s_now, "hospital", "alice", AuditAction.BeginTurn, "p1", "session", 1, "done");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(s_now);
    private TurnStore _store = null!;
    private TurnRecorder _recorder = null!;
    private int _begun;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = new TurnStore(new SqliteDialect(_folder.Sqlite), _clock);
        await _store.OpenAsync(Stop);
        await _store.CreateSessionAsync(
            new SessionRow("session", "hospital", "alice", "p1", AskerRole.Clinician, s_now), s_beginning with { Action = AuditAction.CreateSession }, Stop);
        _recorder = new TurnRecorder(_store, Options.Create(new PatientSessionOptions()), _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_turn_that_ends_in_time_is_begun_whole_and_not_before()
    {
        var done = await _recorder.RecordAsync(s_turn, s_beginning, async () =>
        {
            Assert.Empty(await _store.ReadTurnsAsync("session", 10, Stop));
            return Ended();
        }, () => _begun++);

        var stored = Assert.Single(await _store.ReadTurnsAsync("session", 10, Stop));
        Assert.Equal(done.Result, stored.Result);
        Assert.Equal(0, _begun);
    }

    [Fact]
    public async Task A_turn_that_takes_longer_is_there_while_it_runs()
    {
        var ending = new TaskCompletionSource<SessionTurn>();
        var shown = new TaskCompletionSource();
        var recording = _recorder.RecordAsync(s_turn, s_beginning, () => ending.Task, shown.SetResult);

        _clock.Advance(new PatientSessionOptions().QuickTurn);
        await shown.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);

        Assert.Null(Assert.Single(await _store.ReadTurnsAsync("session", 10, Stop)).Result);
        ending.SetResult(Ended());
        await recording;
        Assert.NotNull(Assert.Single(await _store.ReadTurnsAsync("session", 10, Stop)).Result);
    }

    [Fact]
    public async Task A_beginning_that_cannot_be_begun_shows_nothing_and_is_thrown_when_the_turn_has_ended()
    {
        var ending = new TaskCompletionSource<SessionTurn>();
        var recording = _recorder.RecordAsync(s_turn, s_beginning with { Outcome = null! }, () => ending.Task, () => _begun++);

        _clock.Advance(new PatientSessionOptions().QuickTurn);
        Assert.False(recording.IsCompleted);
        ending.SetResult(Ended());

        await Assert.ThrowsAnyAsync<Exception>(() => recording);
        Assert.Equal(0, _begun);
        Assert.Empty(await _store.ReadTurnsAsync("session", 10, Stop));
    }

    private static SessionTurn Ended() => new(new TurnResultRow("answered", "{}", "[]", "builtin", "{}", s_now), SessionProblem.None, null);
}
