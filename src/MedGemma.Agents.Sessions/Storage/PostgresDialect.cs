using System.Data.Common;
using Npgsql;

namespace MedGemma.Agents.Sessions.Storage;

/// <summary>PostgreSQL: many writers, kept apart by its transactions.</summary>
internal sealed class PostgresDialect(string connectionString) : SessionDialect
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    public override string MigrationFolder => "Postgres";

    // An arbitrary number that only this program's migrations take.
    public override string MigrationLock => "SELECT pg_advisory_xact_lock(7236842190123)";

    public override string RowLock => " FOR UPDATE";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

    public override ValueTask<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);

    public override async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        return await work(connection).ConfigureAwait(false);
    }

    public override async Task WriteAsync(Func<DatabaseWriter, Task> work, CancellationToken cancellationToken)
    {
        var writer = new DatabaseWriter(await OpenAsync(cancellationToken).ConfigureAwait(false), keepsCommands: false);
        await using var _ = writer.ConfigureAwait(false);
        await work(writer).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();
}
