using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>Writes the audit row of a command that reads records and starts no silo, beside servers that run. Stateless.</summary>
public static class CommandAudit
{
    /// <summary>Writes a row; it is durable when the call returns. A database that is not there yet is made, an older one brought forward.</summary>
    /// <param name="options">Where sessions are kept.</param>
    /// <param name="row">The row.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="NewerSchemaException">A newer program has been here.</exception>
    /// <exception cref="SessionDatabaseHeldException">A patient is being erased from it.</exception>
    /// <exception cref="System.Data.Common.DbException">It cannot be reached or written.</exception>
    public static async Task WriteAsync(PatientSessionOptions options, AuditRow row, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(clock);
        var store = new TurnStore(SessionDialect.Of(options), clock);
        await using var _ = store.ConfigureAwait(false);
        await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        await store.AuditAsync(row, cancellationToken).ConfigureAwait(false);
    }
}
