using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Sessions.Storage;

/// <summary>SQLite: one writer, write-ahead log, a commit is on disk before it returns.</summary>
internal sealed class SqliteDialect : SessionDialect
{
    private readonly DbDataSource _source;
    private readonly SemaphoreSlim _writer = new(1, 1);

    public SqliteDialect(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true };
        _source = SqliteFactory.Instance.CreateDataSource(builder.ConnectionString);
    }

    public override string MigrationFolder => "Sqlite";

    // BEGIN IMMEDIATE, which Microsoft.Data.Sqlite issues, already holds the write lock.
    public override string MigrationLock => "SELECT 1";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            // With the log, NORMAL would lose acknowledged commits on power loss: https://sqlite.org/pragma.html#pragma_synchronous
            command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return connection;
    }

    // The driver's asynchronous calls block, so they leave the grain's scheduler.
    public override Task<T> ReadAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => Task.Run(work, cancellationToken);

    public override async Task WriteAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.Run(work, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writer.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await _source.DisposeAsync().ConfigureAwait(false);
    }
}
