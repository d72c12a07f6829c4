using MedGemma.Agents.Sessions.Audit;

namespace MedGemma.Agents.Sessions.Storage;

/// <summary>
/// Erases what was asked and answered about a patient. Who looked when stays in the audit, without the patient. Works alone:
/// no server may use the database meanwhile, because its memory holds conversations and would write of the patient again.
/// </summary>
public sealed class SessionErasure : IAsyncDisposable
{
    private const string OfPatient = "session_key IN (SELECT session_key FROM sessions WHERE patient_id = @patient)";

    private readonly SessionDialect _dialect;
    private readonly IAsyncDisposable _hold;
    private readonly TimeProvider _clock;

    private SessionErasure(SessionDialect dialect, IAsyncDisposable hold, TimeProvider clock)
    {
        _dialect = dialect;
        _hold = hold;
        _clock = clock;
    }

    /// <summary>Opens the database, brings its schema forward and takes it for this process alone.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="clock">The clock for the trace that an erasure leaves.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>Null when a server uses it.</returns>
    /// <exception cref="NewerSchemaException">A newer program has been here.</exception>
    /// <exception cref="System.Data.Common.DbException">It cannot be reached.</exception>
    public static async Task<SessionErasure?> TryOpenAsync(PatientSessionOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        return await TryOpenAsync(SessionDialect.Of(options), clock, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As <see cref="TryOpenAsync(PatientSessionOptions, TimeProvider, CancellationToken)"/>, on a dialect that the erasure then owns.</summary>
    internal static async Task<SessionErasure?> TryOpenAsync(SessionDialect dialect, TimeProvider clock, CancellationToken cancellationToken)
    {
        IAsyncDisposable? hold = null;
        try
        {
            hold = await dialect.TryHoldAsync(alone: true, cancellationToken).ConfigureAwait(false);
            if (hold is not null)
            {
                await SessionSchema.MigrateAsync(dialect, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
                return new SessionErasure(dialect, hold, clock);
            }
        }
        catch
        {
            if (hold is not null)
                await hold.DisposeAsync().ConfigureAwait(false);
            await dialect.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await dialect.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <summary>Deletes the patient's sessions, turns, answers and reports in one transaction, then overwrites the places where they were.</summary>
    /// <param name="patientId">Logical id of the patient.</param>
    /// <param name="issuer">Who vouches for the user who erases.</param>
    /// <param name="user">The user who erases.</param>
    /// <param name="cancellationToken">Stops before the deletion is committed.</param>
    /// <exception cref="System.Data.Common.DbException">The database failed, or a process that is reading kept the remains from being overwritten; the same again completes it.</exception>
    public async Task<SessionErasureOutcome> EraseAsync(string patientId, string issuer, string user, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(patientId);
        var outcome = await DeleteAsync(patientId, issuer, user, cancellationToken).ConfigureAwait(false);

        // Also the remains of an erasure that was cut off here.
        await _dialect.ScrubAsync(CancellationToken.None).ConfigureAwait(false);
        await _dialect.WriteAsync(
            async writer =>
            {
                var transaction = await writer.BeginAsync(CancellationToken.None).ConfigureAwait(false);
                await using var _ = transaction.ConfigureAwait(false);
                await writer.ExecuteAsync(new SqlStatement("UPDATE session_erasures SET scrubbed = 1"), transaction, CancellationToken.None).ConfigureAwait(false);
                await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            },
            CancellationToken.None).ConfigureAwait(false);
        return outcome;
    }

    /// <summary>Lets servers use the database again.</summary>
    public async ValueTask DisposeAsync()
    {
        await _hold.DisposeAsync().ConfigureAwait(false);
        await _dialect.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<SessionErasureOutcome> DeleteAsync(string patientId, string issuer, string user, CancellationToken cancellationToken)
    {
        var outcome = new SessionErasureOutcome(0, 0, 0);
        await _dialect.WriteAsync(
            async writer =>
            {
                var transaction = await writer.BeginAsync(cancellationToken).ConfigureAwait(false);
                await using var _ = transaction.ConfigureAwait(false);
                await RunAsync("INSERT INTO session_erasures (erased_at, sessions, turns, scrubbed) VALUES (@at, -1, -1, 0)", ("at", StoredTime.Write(_clock.GetUtcNow()))).ConfigureAwait(false);
                await RunAsync("DELETE FROM wrong_answer_reports WHERE " + OfPatient).ConfigureAwait(false);
                await RunAsync("DELETE FROM turn_results WHERE " + OfPatient).ConfigureAwait(false);
                var turns = await RunAsync("DELETE FROM turns WHERE " + OfPatient).ConfigureAwait(false);
                await RunAsync("DELETE FROM session_deletions WHERE " + OfPatient).ConfigureAwait(false);
                var sessions = await RunAsync("DELETE FROM sessions WHERE patient_id = @patient").ConfigureAwait(false);
                await RunAsync("UPDATE session_erasures SET sessions = @sessions, turns = @turns WHERE sessions = -1", ("sessions", sessions), ("turns", turns)).ConfigureAwait(false);
                var erasing = new AuditRow(_clock.GetUtcNow(), issuer, user, AuditAction.ErasePatient, null, null, null, "");
                var rows = await new AuditErasure(_dialect).EraseAsync(writer, transaction, patientId, erasing, cancellationToken).ConfigureAwait(false);
                outcome = new SessionErasureOutcome(sessions, turns, rows);
                await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);

                Task<int> RunAsync(string text, params (string, object?)[] further) =>
                    writer.ExecuteAsync(new SqlStatement(text, [("patient", patientId), .. further]), transaction, cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
        return outcome;
    }
}
