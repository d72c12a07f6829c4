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

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

    public override Task<T> ReadAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => work();

    public override Task WriteAsync(Func<Task> work, CancellationToken cancellationToken) => work();

    public override ValueTask DisposeAsync() => _source.DisposeAsync();
}
