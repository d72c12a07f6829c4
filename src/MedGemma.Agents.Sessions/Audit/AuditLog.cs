using System.Data.Common;
using System.Globalization;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>The audit chain over either database.</summary>
/// <param name="dialect">The database.</param>
internal sealed class AuditLog(SessionDialect dialect) : IAuditLog
{
    private const int Page = 1000;

    private const string Columns = """
        SELECT sequence, at, issuer, user_id, action, patient_id, session_key, turn, outcome, resource, salt, content_digest, previous, hash FROM audit
        """;

    public async Task<AuditVerification> VerifyAsync(IReadOnlyList<AuditAnchor> anchors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        return await dialect.ReadAsync(connection => VerifyAsync(connection, anchors, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<AuditEntry>> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        dialect.ReadAsync<IReadOnlyList<AuditEntry>>(
            async connection => await ReadAsync(connection, null, after, limit, cancellationToken).ConfigureAwait(false), cancellationToken);

    private async Task<AuditVerification> VerifyAsync(DbConnection connection, IReadOnlyList<AuditAnchor> anchors, CancellationToken cancellationToken)
    {
        // One transaction is one state of the rows and of the head.
        var transaction = await dialect.BeginReadAsync(connection, cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        var check = new AuditChainCheck(anchors);
        for (var after = 0L; ;)
        {
            var page = await ReadAsync(connection, transaction, after, Page, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page)
                check.Add(entry);
            if (page.Count < Page)
                break;

            after = page[^1].Sequence;
        }

        foreach (var vouched in check.Answers)
        {
            var stored = await new SqlStatement(
                "SELECT r.answer, t.question, r.queries, r.record_versions, r.model_work FROM turn_results r JOIN turns t ON t.session_key = r.session_key AND t.number = r.number WHERE r.session_key = @key AND r.number = @number",
                ("key", vouched.Session),
                ("number", vouched.Turn))
                .ReadAsync(connection, transaction, row => (Answer: ReadText(row, 0), Work: AnswerProvenances.DigestOfWork(row.GetString(1), row.GetString(2), ReadText(row, 3), ReadText(row, 4))), cancellationToken)
                .ConfigureAwait(false);
            check.AddAnswer(vouched, stored.Count == 0 ? null : stored[0].Answer, stored.Count == 0 ? null : stored[0].Work);
        }

        var heads = await new SqlStatement("SELECT sequence, hash FROM audit_head").ReadAsync(connection, transaction, AuditChain.ReadAnchor, cancellationToken).ConfigureAwait(false);
        var unchained = await new SqlStatement(
            "SELECT COUNT(*), COALESCE(SUM(CASE WHEN id > (SELECT COALESCE(MIN(id), 0) FROM audit WHERE sequence IS NOT NULL) THEN 1 ELSE 0 END), 0) FROM audit WHERE sequence IS NULL")
            .ReadAsync(connection, transaction, row => (All: ReadLong(row, 0), Later: ReadLong(row, 1)), cancellationToken).ConfigureAwait(false);
        return check.Finish(heads, unchained[0].All, unchained[0].Later);
    }

    private static Task<List<AuditEntry>> ReadAsync(DbConnection connection, DbTransaction? transaction, long after, int limit, CancellationToken cancellationToken) =>
        new SqlStatement(Columns + " WHERE sequence > @after ORDER BY sequence LIMIT @limit", ("after", after), ("limit", limit))
            .ReadAsync(connection, transaction, ReadEntry, cancellationToken);

    private static AuditEntry ReadEntry(DbDataReader row) => new(
        ReadLong(row, 0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        ReadText(row, 5),
        ReadText(row, 6),
        row.IsDBNull(7) ? null : Convert.ToInt32(row.GetValue(7), CultureInfo.InvariantCulture),
        row.GetString(8),
        ReadText(row, 9),
        ReadText(row, 10),
        ReadText(row, 11) ?? "",
        ReadText(row, 12) ?? "",
        ReadText(row, 13) ?? "");

    private static long ReadLong(DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    private static string? ReadText(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
