using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Access;
using MedGemma.Agents.Sessions.Audit;
using MedGemma.Agents.Sessions.Events;
using MedGemma.Agents.Sessions.Storage;
using MedGemma.Agents.Sessions.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Sessions.Grains;

/// <summary>
/// The single writer of a session's rows. Calls that return streams interleave also on a grain that is not reentrant, so that <see cref="_turn"/>,
/// which is looked at and set without an await in between, is what serialises turns.
/// </summary>
[GrainType("patient-session")]
internal sealed partial class PatientSessionGrain(
    ITurnStore store,
    TurnRunner runner,
    TurnRecorder recorder,
    IPatientAccess access,
    IOptions<PatientSessionOptions> options,
    TimeProvider clock,
    ILogger<PatientSessionGrain> logger) : Grain, IPatientSessionGrain, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<EarlierQuestion> _earlier = [];
    private SessionRow? _session;
    private Task _turn = Task.CompletedTask;
    private CancellationTokenSource? _cancelTurn;
    private int _runningTurn;
    private int _lastTurn;

    // Content of the record whose versions a stored turn of this activation lists.
    private string? _listed;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _session = await store.FindSessionAsync(key, cancellationToken);
        if (_session is null)
            return;

        foreach (var turn in await store.ReadTurnsAsync(key, Math.Max(1, options.Value.EarlierTurns), cancellationToken))
        {
            _lastTurn = turn.Turn.Number;
            if (turn.Result is { AnswerJson: not null } result)
                Remember(new EarlierQuestion(turn.Turn.Question, QueryResultJson.ReadQueries(Encoding.UTF8.GetBytes(result.QueriesJson))));
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // A running turn gets the whole time that Orleans allows before it is stopped and stored as failed.
        try
        {
            await _turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await _stopping.CancelAsync();
            await _turn;
        }
    }

    public async Task<SessionProblem> CreateAsync(SessionCaller caller, string patientId, AskerRole role)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (_session is not null)
            return SessionProblem.AlreadyExists;

        // Before the source is asked: whether there is such a patient must show in neither the answer nor its delay.
        var isAllowed = access.Allows(caller, patientId);
        if (!isAllowed || !await runner.KnowsAsync(patientId, CancellationToken.None))
        {
            DeactivateOnIdle();
            await store.AuditAsync(
                new AuditRow(clock.GetUtcNow(), caller.Issuer, caller.User, AuditAction.CreateSession, isAllowed ? null : AuditedPatient.Of(patientId), null, null, isAllowed ? "not-found" : "denied"),
                CancellationToken.None);
            return SessionProblem.PatientUnknown;
        }

        var session = new SessionRow(this.GetPrimaryKeyString(), caller.Issuer, caller.User, patientId, role, clock.GetUtcNow());
        await store.CreateSessionAsync(session, Audit(session, caller, AuditAction.CreateSession, null, "done"), CancellationToken.None);
        _session = session;
        return SessionProblem.None;
    }

    public async IAsyncEnumerable<SessionEvent> AskAsync(
        SessionCaller caller,
        SessionQuestion question,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (await AuthorizeAsync(caller, AuditAction.BeginTurn) is not { } session)
        {
            yield return new FailedEvent(null, SessionProblem.NotFound);
            yield break;
        }

        if (!_turn.IsCompleted)
        {
            yield return new FailedEvent(null, SessionProblem.Busy);
            yield break;
        }

        var events = Channel.CreateUnbounded<SessionEvent>(new UnboundedChannelOptions { SingleReader = true });
        var begun = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _turn = TakeTurnAsync(session, caller, question, events.Writer, begun);

        // The turn is worked on before its first rows are written; nothing of it is shown before they are.
        var isRecorded = await begun.Task.WaitAsync(cancellationToken);
        await foreach (var happened in events.Reader.ReadAllAsync(cancellationToken))
            if (isRecorded || happened is AnsweredEvent or FailedEvent)
                yield return happened;
    }

    public async Task<SessionProblem> CancelAsync(SessionCaller caller, int turn)
    {
        if (await AuthorizeAsync(caller, AuditAction.CancelTurn) is not { } session)
            return SessionProblem.NotFound;

        if (turn != _runningTurn || _cancelTurn is not { } cancel)
            return SessionProblem.TurnUnknown;

        await cancel.CancelAsync();
        await store.AuditAsync(Audit(session, caller, AuditAction.CancelTurn, turn, "done"), CancellationToken.None);
        return SessionProblem.None;
    }

    public async Task<SessionView?> GetAsync(SessionCaller caller)
    {
        if (await AuthorizeAsync(caller, AuditAction.ReadSession) is not { } session)
            return null;

        // Before the read: a turn may begin or end while this call waits for rows.
        var settled = _runningTurn == 0 ? _lastTurn : _runningTurn - 1;
        var turns = await store.ReadTurnsAsync(session.Key, options.Value.ReadTurns, CancellationToken.None);
        await store.AuditAsync(Audit(session, caller, AuditAction.ReadSession, null, "done"), CancellationToken.None);
        return new SessionView(session.Key, session.PatientId, session.Role, session.CreatedAt, [.. turns.Select(turn => ToView(turn, settled))]);
    }

    public async Task<string?> UseToolsAsync(SessionCaller caller)
    {
        if (await AuthorizeAsync(caller, AuditAction.UseTools) is not { } session)
            return null;

        await store.AuditAsync(Audit(session, caller, AuditAction.UseTools, null, "done"), CancellationToken.None);
        return session.PatientId;
    }

    public async Task<SessionProblem> DeleteAsync(SessionCaller caller)
    {
        if (await AuthorizeAsync(caller, AuditAction.DeleteSession) is not { } session)
            return SessionProblem.NotFound;

        if (!_turn.IsCompleted)
            return SessionProblem.Busy;

        // Gone before the write: a question that interleaves with it finds nothing.
        _session = null;
        try
        {
            await store.DeleteSessionAsync(session.Key, Audit(session, caller, AuditAction.DeleteSession, null, "done"), CancellationToken.None);
        }
        finally
        {
            DeactivateOnIdle();
        }

        return SessionProblem.None;
    }

    public async Task<SessionProblem> ReportWrongAsync(SessionCaller caller, int turn, string comment)
    {
        if (await AuthorizeAsync(caller, AuditAction.ReportWrong) is not { } session)
            return SessionProblem.NotFound;

        if (turn < 1 || turn > _lastTurn || turn == _runningTurn)
            return SessionProblem.TurnUnknown;

        var report = new WrongAnswerReport(session.Key, turn, caller.Issuer, caller.User, comment, clock.GetUtcNow());
        await store.ReportWrongAsync(report, Audit(session, caller, AuditAction.ReportWrong, turn, "done"), CancellationToken.None);
        return SessionProblem.None;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task TakeTurnAsync(
        SessionRow session,
        SessionCaller caller,
        SessionQuestion question,
        ChannelWriter<SessionEvent> events,
        TaskCompletionSource<bool> begun)
    {
        var isRecorded = false;
        try
        {
            DelayDeactivation(options.Value.TurnTimeout);
            if (await ReplayAsync(session, caller, question) is { } replayed)
                events.TryWrite(replayed);
            else
                events.TryWrite(await RunTurnAsync(session, caller, question, events, begun));

            isRecorded = true;
        }
        catch (Exception exception)
        {
            // What could not be stored is not acknowledged; rows show the turn as interrupted.
            LogTurnNotStored(LoggedFailure.NameOf(exception), exception.StackTrace ?? "");
            events.TryWrite(new FailedEvent(null, SessionProblem.Internal));
        }
        finally
        {
            _runningTurn = 0;
            DelayDeactivation(TimeSpan.Zero);
            events.TryComplete();

            // Last, so that all events of a quick turn are there together and leave in one message.
            begun.TrySetResult(isRecorded);
        }
    }

    private async Task<SessionEvent?> ReplayAsync(SessionRow session, SessionCaller caller, SessionQuestion question)
    {
        if (question.IdempotencyKey is not { } key || await store.FindTurnAsync(session.Key, key, CancellationToken.None) is not { } stored)
            return null;

        if (stored.Turn.Question != question.Text || (question.AsOf is { } asOf && asOf != stored.Turn.AsOf))
            return new FailedEvent(null, SessionProblem.KeyReused);

        // An interrupted or failed turn gave no answer, so that asking again runs it again.
        if (stored.Result is not { AnswerJson: { } answer })
            return null;

        await store.AuditAsync(Audit(session, caller, AuditAction.ReplayTurn, stored.Turn.Number, "done"), CancellationToken.None);
        return new AnsweredEvent(stored.Turn.Number, answer, Replayed: true);
    }

    private async Task<SessionEvent> RunTurnAsync(
        SessionRow session,
        SessionCaller caller,
        SessionQuestion question,
        ChannelWriter<SessionEvent> events,
        TaskCompletionSource<bool> begun)
    {
        var now = clock.GetUtcNow();
        var turn = new TurnRow(session.Key, _lastTurn + 1, question.IdempotencyKey, question.Text, question.AsOf ?? now, now);
        _runningTurn = turn.Number;

        // Taken whether or not the write is known to have happened: a number is never used twice.
        _lastTurn = turn.Number;
        var beginning = Audit(session, caller, AuditAction.BeginTurn, turn.Number, "done");

        var chartQuestion = new ChartQuestion(turn.Question, turn.AsOf, session.Role, [.. _earlier]);
        using var cancel = new CancellationTokenSource();
        _cancelTurn = cancel;
        SessionTurn done;
        try
        {
            done = await Task.Run(() => recorder.RecordAsync(
                turn, beginning, () => runner.RunAsync(session, chartQuestion, _listed, new ChannelAnswerObserver(events), cancel.Token, _stopping.Token), () => begun.TrySetResult(true)));
        }
        finally
        {
            _cancelTurn = null;
        }

        _listed = done.Listed ?? _listed;
        if (done.Earlier is { } earlier)
            Remember(earlier);

        return done.Result.AnswerJson is { } answer
            ? new AnsweredEvent(turn.Number, answer, Replayed: false)
            : new FailedEvent(turn.Number, done.Problem);
    }

    private async Task<SessionRow?> AuthorizeAsync(SessionCaller caller, string action)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (_session is not { } session)
        {
            if (_turn.IsCompleted)
                DeactivateOnIdle();

            return null;
        }

        if (session.Issuer == caller.Issuer && session.User == caller.User && access.Allows(caller, session.PatientId))
            return session;

        await store.AuditAsync(Audit(session, caller, action, null, "denied"), CancellationToken.None);
        return null;
    }

    private void Remember(EarlierQuestion question)
    {
        _earlier.Add(question);
        if (_earlier.Count > options.Value.EarlierTurns)
            _earlier.RemoveAt(0);
    }

    private static TurnView ToView(StoredTurn stored, int settled)
    {
        var status = stored.Result?.Status ?? (stored.Turn.Number > settled ? "running" : "interrupted");
        return new TurnView(
            stored.Turn.Number,
            stored.Turn.Question,
            stored.Turn.AsOf,
            status,
            stored.Result?.AnswerJson,
            stored.Turn.StartedAt,
            stored.Result?.FinishedAt);
    }

    private AuditRow Audit(SessionRow session, SessionCaller caller, string action, int? turn, string outcome) =>
        new(clock.GetUtcNow(), caller.Issuer, caller.User, action, session.PatientId, session.Key, turn, outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn could not be stored: {ExceptionType} at {Stack}")]
    private partial void LogTurnNotStored(string exceptionType, string stack);
}
