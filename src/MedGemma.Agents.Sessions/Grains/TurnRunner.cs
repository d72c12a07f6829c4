using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Storage;
using MedGemma.Agents.Sessions.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Sessions.Grains;

/// <summary>Pins the record and has the question answered. Safe for concurrent use.</summary>
internal sealed partial class TurnRunner : IDisposable
{
    private const string FailedStatus = "failed";
    private const string CancelledStatus = "cancelled";
    private readonly RecordCache _records;
    private readonly NamedRecordSource _source;
    private readonly IQuestionAnswerer _answerer;
    private readonly TimeProvider _clock;
    private readonly PatientSessionOptions _options;
    private readonly ILogger<TurnRunner> _logger;
    private readonly ActivitySource _spans = new(SessionTelemetry.SourceName);
    private readonly Meter _meter;
    private readonly Counter<long> _turns;
    private readonly Histogram<double> _durations;

    public TurnRunner(
        RecordCache records,
        NamedRecordSource source,
        IQuestionAnswerer answerer,
        TimeProvider clock,
        IOptions<PatientSessionOptions> options,
        IMeterFactory meters,
        ILogger<TurnRunner> logger)
    {
        _records = records;
        _source = source;
        _answerer = answerer;
        _clock = clock;
        _options = options.Value;
        _logger = logger;
        _meter = meters.Create(SessionTelemetry.SourceName);
        _turns = _meter.CreateCounter<long>(SessionTelemetry.Turns);
        _durations = _meter.CreateHistogram<double>(SessionTelemetry.TurnDuration, "s");
    }

    /// <summary>Whether the source knows the patient; the record is in the cache afterwards.</summary>
    public async Task<bool> KnowsAsync(string patientId, CancellationToken cancellationToken) =>
        await _records.GetAsync(_source, patientId, RecordCache.FullGrant, cancellationToken) is not null;

    /// <summary>Runs a turn to its result, where it may block; never throws for what goes wrong inside it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="question">The question.</param>
    /// <param name="listed">Content of the record whose versions the session lists already, or null.</param>
    /// <param name="observer">Told of its steps.</param>
    /// <param name="cancelled">The user stops the turn.</param>
    /// <param name="cancellationToken">The silo stops.</param>
    public async Task<SessionTurn> RunAsync(
        SessionRow session,
        ChartQuestion question,
        string? listed,
        IAnswerObserver observer,
        CancellationToken cancelled,
        CancellationToken cancellationToken)
    {
        using var span = _spans.StartActivity(SessionTelemetry.TurnSpan);
        using var limit = new CancellationTokenSource(_options.TurnTimeout, _clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancelled, cancellationToken);
        var started = _clock.GetTimestamp();
        var trace = new TurnTrace(observer);
        SessionTurn turn;
        try
        {
            turn = await AnswerAsync(session, question, listed, trace, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            turn = Fail(SessionProblem.Cancelled, trace, CancelledStatus);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            turn = Fail(SessionProblem.ServerStopped, trace);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            turn = Fail(SessionProblem.TimedOut, trace);
        }
        catch (Exception exception)
        {
            LogTurnFailed(LoggedFailure.NameOf(exception), exception.StackTrace ?? "");
            turn = Fail(SessionProblem.Internal, trace);
        }

        var status = new KeyValuePair<string, object?>(SessionTelemetry.Status, turn.Result.Status);
        span?.SetTag(status.Key, status.Value);
        span?.SetTag(SessionTelemetry.Queries, turn.Earlier?.Queries.Count ?? 0);
        _turns.Add(1, status);
        _durations.Record(_clock.GetElapsedTime(started).TotalSeconds, status);
        return turn;
    }

    public void Dispose()
    {
        _spans.Dispose();
        _meter.Dispose();
    }

    private async Task<SessionTurn> AnswerAsync(SessionRow session, ChartQuestion question, string? listed, TurnTrace trace, CancellationToken cancellationToken)
    {
        var pinned = await _records.GetAsync(_source, session.PatientId, RecordCache.FullGrant, cancellationToken).ConfigureAwait(false);
        if (pinned is null)
            return Fail(SessionProblem.PatientUnknown, trace);

        trace.Pin(_source.Name, pinned, listed);
        var answer = await _answerer.AnswerAsync(pinned.Record, question, trace, cancellationToken).ConfigureAwait(false);
        var queries = answer.Queries.Select(result => result.Query).ToArray();
        var result = new TurnResultRow(
            AnswerJson.NameOf(answer.Status),
            AnswerJson.ToText(answer),
            Encoding.UTF8.GetString(QueryResultJson.WriteQueries(queries)),
            answer.Planner,
            trace.RecordVersions,
            _clock.GetUtcNow())
        {
            ModelWork = (answer.Model ?? answer.Other?.Model) is { } work ? Encoding.UTF8.GetString(ModelWorkJson.Write(work)) : null,
        };
        return new SessionTurn(result, SessionProblem.None, new EarlierQuestion(question.Text, queries)) { Listed = trace.Content };
    }

    /// <summary>A turn without an answer keeps what was done in it: what was asked of which record, and every call of a model.</summary>
    private SessionTurn Fail(SessionProblem problem, TurnTrace trace, string status = FailedStatus) =>
        new(new TurnResultRow(status, null, trace.QueriesJson, null, trace.RecordVersions, _clock.GetUtcNow()) { ModelWork = trace.ModelWork }, problem, null) { Listed = trace.Content };

    // The message of an unforeseen exception may quote the record, so that only its type and stack are written.
    [LoggerMessage(Level = LogLevel.Error, Message = "A turn failed with {ExceptionType} at {Stack}")]
    private partial void LogTurnFailed(string exceptionType, string stack);
}
