using System.Data.Common;
using System.Globalization;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>
/// Adds rows to the chain inside the transaction of what they are about. The head is one row, which PostgreSQL locks from here to the commit, so that writers
/// follow one another; it is therefore the last thing that a transaction does.
/// </summary>
/// <param name="dialect">The database.</param>
internal sealed class AuditChain(SessionDialect dialect)
{
    /// <summary>Adds rows.</summary>
    public async Task AppendAsync(DatabaseWriter writer, DbTransaction transaction, IReadOnlyList<AuditDraft> drafts, CancellationToken cancellationToken)
    {
        var heads = await writer.ReadAsync(
            new SqlStatement($"SELECT sequence, hash FROM audit_head WHERE id = 1{dialect.RowLock}"), transaction, ReadAnchor, cancellationToken).ConfigureAwait(false);
        var head = heads[0];
        var statements = new List<SqlStatement>(drafts.Count + 1);
        foreach (var draft in drafts)
        {
            var entry = Chain(draft, head);
            statements.Add(ToStatement(entry));
            head = new AuditAnchor(entry.Sequence, entry.Hash);
        }

        statements.Add(new SqlStatement("UPDATE audit_head SET sequence = @sequence, hash = @hash WHERE id = 1", ("sequence", head.Sequence), ("hash", head.Hash)));
        await writer.ExecuteAllAsync(statements, transaction, cancellationToken).ConfigureAwait(false);
    }

    public static AuditAnchor ReadAnchor(DbDataReader row) => new(Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture), row.GetString(1));

    private static AuditEntry Chain(AuditDraft draft, AuditAnchor head)
    {
        var (row, salt) = (draft.Row, AuditHash.NewSalt());
        var entry = new AuditEntry(
            head.Sequence + 1,
            StoredTime.Write(row.At),
            row.Issuer,
            row.User,
            row.Action,
            row.PatientId,
            row.SessionKey,
            row.Turn,
            row.Outcome,
            draft.Resource,
            salt,
            AuditHash.OfContent(salt, row.PatientId, draft.Resource),
            head.Hash,
            "");
        return entry with { Hash = AuditHash.OfEntry(entry) };
    }

    private static SqlStatement ToStatement(AuditEntry entry) => new(
        """
        INSERT INTO audit (at, issuer, user_id, action, patient_id, session_key, turn, outcome, sequence, resource, salt, content_digest, previous, hash)
        VALUES (@at, @issuer, @user, @action, @patient, @session, @turn, @outcome, @sequence, @resource, @salt, @digest, @previous, @hash)
        """,
        ("at", entry.At),
        ("issuer", entry.Issuer),
        ("user", entry.User),
        ("action", entry.Action),
        ("patient", entry.PatientId),
        ("session", entry.SessionKey),
        ("turn", entry.Turn),
        ("outcome", entry.Outcome),
        ("sequence", entry.Sequence),
        ("resource", entry.Resource),
        ("salt", entry.Salt),
        ("digest", entry.ContentDigest),
        ("previous", entry.Previous),
        ("hash", entry.Hash));
}
