namespace MedGemma.Agents.Sessions.Storage;

/// <summary>
/// Sessions, turns and audit as append-only rows. Every write is one transaction with its audit row and is durable when the call returns.
/// Safe for concurrent use.
/// </summary>
public interface ITurnStore
{
    /// <summary>Adds a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="audit">Its audit row.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task CreateSessionAsync(SessionRow session, AuditRow audit, CancellationToken cancellationToken);

    /// <summary>Finds a session that has not been deleted.</summary>
    /// <param name="key">Key of the session.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<SessionRow?> FindSessionAsync(string key, CancellationToken cancellationToken);

    /// <summary>Marks a session as deleted; its rows stay for the audit.</summary>
    /// <param name="key">Key of the session.</param>
    /// <param name="audit">Its audit row.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task DeleteSessionAsync(string key, AuditRow audit, CancellationToken cancellationToken);

    /// <summary>Adds a turn that begins.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="audit">Its audit row.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task BeginTurnAsync(TurnRow turn, AuditRow audit, CancellationToken cancellationToken);

    /// <summary>Adds what came of a turn.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="audit">Its audit row.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task EndTurnAsync(TurnRow turn, TurnResultRow result, AuditRow audit, CancellationToken cancellationToken);

    /// <summary>Adds a turn together with what came of it: both or neither.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="begun">The audit row of its beginning.</param>
    /// <param name="ended">The audit row of its end.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task AddTurnAsync(TurnRow turn, TurnResultRow result, AuditRow begun, AuditRow ended, CancellationToken cancellationToken);

    /// <summary>The newest turn of a session with an idempotency key.</summary>
    /// <param name="sessionKey">The session.</param>
    /// <param name="idempotencyKey">The client's key.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<StoredTurn?> FindTurnAsync(string sessionKey, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>The last turns of a session, oldest first.</summary>
    /// <param name="sessionKey">The session.</param>
    /// <param name="limit">Most turns to return.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<IReadOnlyList<StoredTurn>> ReadTurnsAsync(string sessionKey, int limit, CancellationToken cancellationToken);

    /// <summary>Adds a report of a wrong answer.</summary>
    /// <param name="report">The report.</param>
    /// <param name="audit">Its audit row.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task ReportWrongAsync(WrongAnswerReport report, AuditRow audit, CancellationToken cancellationToken);

    /// <summary>Adds audit rows for what changes nothing else, all or none.</summary>
    /// <param name="audit">The rows.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task AuditAsync(IReadOnlyList<AuditRow> audit, CancellationToken cancellationToken);

    /// <summary>Makes sure, without changing it, that the database is none of a newer program.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="NewerSchemaException">A newer program has been here.</exception>
    Task DemandKnownSchemaAsync(CancellationToken cancellationToken);
}
