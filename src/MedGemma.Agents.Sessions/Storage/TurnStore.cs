using System.Data.Common;
using System.Globalization;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Audit;

namespace MedGemma.Agents.Sessions.Storage;

/// <summary>The turn store over either database; migrates it on first use.</summary>
internal sealed class TurnStore(SessionDialect dialect, TimeProvider clock) : ITurnStore, IAsyncDisposable
{
    private const string TurnColumns = """
        SELECT t.session_key, t.number, t.idempotency_key, t.question, t.as_of, t.started_at,
               r.status, r.answer, r.queries, r.planner, r.record_versions, r.finished_at, r.model_work
        FROM turns t LEFT JOIN turn_results r ON r.session_key = t.session_key AND r.number = t.number
        """;

    private readonly AuditChain _chain = new(dialect);
    private IAsyncDisposable? _hold;

    /// <summary>Takes the database for a server, beside others, and brings its schema forward.</summary>
    /// <param name="cancellationToken">Cancels the migration.</param>
    /// <exception cref="NewerSchemaException">A newer program has been here.</exception>
    /// <exception cref="SessionDatabaseHeldException">A patient is being erased from it.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _hold ??= await dialect.TryHoldAsync(alone: false, cancellationToken).ConfigureAwait(false) ?? throw new SessionDatabaseHeldException();
        await SessionSchema.MigrateAsync(dialect, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
    }

    public Task CreateSessionAsync(SessionRow session, AuditRow audit, CancellationToken cancellationToken) => WriteAsync(
        [AuditEvents.Of(audit)],
        cancellationToken,
        new SqlStatement(
            """
            INSERT INTO sessions (session_key, issuer, user_id, patient_id, asker_role, created_at)
            VALUES (@key, @issuer, @user, @patient, @role, @at)
            """,
            ("key", session.Key),
            ("issuer", session.Issuer),
            ("user", session.User),
            ("patient", session.PatientId),
            ("role", session.Role.ToString()),
            ("at", StoredTime.Write(session.CreatedAt))));

    public async Task<SessionRow?> FindSessionAsync(string key, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(
            new SqlStatement(
                """
                SELECT s.session_key, s.issuer, s.user_id, s.patient_id, s.asker_role, s.created_at FROM sessions s
                WHERE s.session_key = @key AND NOT EXISTS (SELECT 1 FROM session_deletions d WHERE d.session_key = s.session_key)
                """,
                ("key", key)),
            row => new SessionRow(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                Enum.Parse<AskerRole>(row.GetString(4)),
                StoredTime.Read(row.GetString(5))),
            cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0];
    }

    public Task DeleteSessionAsync(string key, AuditRow audit, CancellationToken cancellationToken) => WriteAsync(
        [AuditEvents.Of(audit)],
        cancellationToken,
        new SqlStatement(
            "INSERT INTO session_deletions (session_key, deleted_at) VALUES (@key, @at)",
            ("key", key),
            ("at", StoredTime.Write(audit.At))));

    public Task BeginTurnAsync(TurnRow turn, AuditRow audit, CancellationToken cancellationToken) =>
        WriteAsync([AuditEvents.Of(audit)], cancellationToken, ToStatement(turn));

    public Task EndTurnAsync(TurnRow turn, TurnResultRow result, AuditRow audit, CancellationToken cancellationToken) =>
        WriteAsync([AuditEvents.Of(audit), .. ProvenanceOf(turn, result, audit)], cancellationToken, ToStatement(turn, result));

    public Task AddTurnAsync(TurnRow turn, TurnResultRow result, AuditRow begun, AuditRow ended, CancellationToken cancellationToken) =>
        WriteAsync(
            [AuditEvents.Of(begun), AuditEvents.Of(ended), .. ProvenanceOf(turn, result, ended)], cancellationToken, ToStatement(turn), ToStatement(turn, result));

    public async Task<StoredTurn?> FindTurnAsync(string sessionKey, string idempotencyKey, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(
            new SqlStatement(
                TurnColumns + " WHERE t.session_key = @key AND t.idempotency_key = @idempotency ORDER BY t.number DESC LIMIT 1",
                ("key", sessionKey),
                ("idempotency", idempotencyKey)),
            ReadTurn,
            cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0];
    }

    public async Task<IReadOnlyList<StoredTurn>> ReadTurnsAsync(string sessionKey, int limit, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(
            new SqlStatement(
                TurnColumns + " WHERE t.session_key = @key ORDER BY t.number DESC LIMIT @limit",
                ("key", sessionKey),
                ("limit", limit)),
            ReadTurn,
            cancellationToken).ConfigureAwait(false);
        rows.Reverse();
        return rows;
    }

    public Task ReportWrongAsync(WrongAnswerReport report, AuditRow audit, CancellationToken cancellationToken) => WriteAsync(
        [AuditEvents.Of(audit)],
        cancellationToken,
        new SqlStatement(
            """
            INSERT INTO wrong_answer_reports (session_key, number, issuer, user_id, comment, reported_at)
            VALUES (@key, @number, @issuer, @user, @comment, @at)
            """,
            ("key", report.SessionKey),
            ("number", report.Turn),
            ("issuer", report.Issuer),
            ("user", report.User),
            ("comment", report.Comment),
            ("at", StoredTime.Write(report.ReportedAt))));

    public Task AuditAsync(IReadOnlyList<AuditRow> audit, CancellationToken cancellationToken) => WriteAsync([.. audit.Select(AuditEvents.Of)], cancellationToken);

    public async Task DemandKnownSchemaAsync(CancellationToken cancellationToken)
    {
        var found = await dialect.ReadAsync(connection => SessionSchema.ReadVersionAsync(connection, null, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (found > SessionSchema.Version)
            throw new NewerSchemaException(found, SessionSchema.Version);
    }

    /// <summary>Lets an erasure have the database; <see cref="OpenAsync"/> takes it again.</summary>
    public async ValueTask LetGoAsync()
    {
        if (_hold is { } hold)
            await hold.DisposeAsync().ConfigureAwait(false);
        _hold = null;
    }

    public async ValueTask DisposeAsync()
    {
        await LetGoAsync().ConfigureAwait(false);
        await dialect.DisposeAsync().ConfigureAwait(false);
    }

    private static SqlStatement ToStatement(TurnRow turn) => new(
        """
        INSERT INTO turns (session_key, number, idempotency_key, question, as_of, started_at)
        VALUES (@key, @number, @idempotency, @question, @asof, @started)
        """,
        ("key", turn.SessionKey),
        ("number", turn.Number),
        ("idempotency", turn.IdempotencyKey),
        ("question", turn.Question),
        ("asof", StoredTime.Write(turn.AsOf)),
        ("started", StoredTime.Write(turn.StartedAt)));

    private static SqlStatement ToStatement(TurnRow turn, TurnResultRow result) => new(
        """
        INSERT INTO turn_results (session_key, number, status, answer, queries, planner, record_versions, finished_at, model_work)
        VALUES (@key, @number, @status, @answer, @queries, @planner, @versions, @finished, @work)
        """,
        ("key", turn.SessionKey),
        ("number", turn.Number),
        ("status", result.Status),
        ("answer", result.AnswerJson),
        ("queries", result.QueriesJson),
        ("planner", result.Planner),
        ("versions", result.RecordVersions),
        ("finished", StoredTime.Write(result.FinishedAt)),
        ("work", result.ModelWork));

    private static IEnumerable<AuditDraft> ProvenanceOf(TurnRow turn, TurnResultRow result, AuditRow ended) =>
        result.AnswerJson is null ? [] : [AnswerProvenances.Of(turn, result, ended)];

    private static StoredTurn ReadTurn(DbDataReader row) => new(
        new TurnRow(
            row.GetString(0),
            Convert.ToInt32(row.GetValue(1), CultureInfo.InvariantCulture),
            ReadText(row, 2),
            row.GetString(3),
            StoredTime.Read(row.GetString(4)),
            StoredTime.Read(row.GetString(5))),
        row.IsDBNull(6)
            ? null
            : new TurnResultRow(
                row.GetString(6),
                ReadText(row, 7),
                row.GetString(8),
                ReadText(row, 9),
                ReadText(row, 10),
                StoredTime.Read(row.GetString(11)))
            {
                ModelWork = ReadText(row, 12),
            });

    private static string? ReadText(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private Task WriteAsync(IReadOnlyList<AuditDraft> audits, CancellationToken cancellationToken, params SqlStatement[] statements) => dialect.WriteAsync(
        async writer =>
        {
            var transaction = await writer.BeginAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = transaction.ConfigureAwait(false);
            if (statements.Length > 0)
                await writer.ExecuteAllAsync(statements, transaction, cancellationToken).ConfigureAwait(false);

            await _chain.AppendAsync(writer, transaction, audits, cancellationToken).ConfigureAwait(false);

            // A commit is never cancelled: whether it happened would be unknown.
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        },
        cancellationToken);

    private Task<List<T>> QueryAsync<T>(SqlStatement statement, Func<DbDataReader, T> map, CancellationToken cancellationToken) =>
        dialect.ReadAsync(connection => statement.ReadAsync(connection, null, map, cancellationToken), cancellationToken);
}
