using System.Data.Common;
using Npgsql;

namespace MedGemma.Agents.Sessions.Storage;

/// <summary>PostgreSQL: many writers, kept apart by its transactions.</summary>
internal sealed class PostgresDialect(string connectionString) : SessionDialect
{
    // Statements that each connection keeps prepared: those of this folder, and some to spare.
    private const int PreparedStatements = 32;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(Prepare(connectionString));

    // An arbitrary number that only this program's servers and erasures take, in the schema that holds the tables.
    private const string UseLock = "723684219, hashtext(current_schema())";

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

    public override async Task<IAsyncDisposable?> TryHoldAsync(bool alone, CancellationToken cancellationToken)
    {
        // A session lock: it ends with its connection, however the process dies.
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var text = alone ? $"SELECT pg_try_advisory_lock({UseLock})" : $"SELECT pg_try_advisory_lock_shared({UseLock})";
        var taken = await new SqlStatement(text).ReadAsync(connection, null, row => row.GetBoolean(0), cancellationToken).ConfigureAwait(false);
        if (taken[0])
            return new Hold(connection);

        await connection.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <summary>Writes the tables anew and drops the old files; the server's write-ahead log, replicas and archives are not reached from here.</summary>
    public override async Task ScrubAsync(CancellationToken cancellationToken)
    {
        var command = _source.CreateCommand("VACUUM (FULL) sessions, session_deletions, turns, turn_results, wrong_answer_reports, audit");
        await using var _ = command.ConfigureAwait(false);
        command.CommandTimeout = 0; // As long as the tables need.
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private static string Prepare(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (builder.MaxAutoPrepare == 0)
            builder.MaxAutoPrepare = PreparedStatements;

        return builder.ConnectionString;
    }

    private sealed class Hold(DbConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using var _ = connection.ConfigureAwait(false);
            try
            {
                // Said now: a pooled connection is reset only when it is used again.
                await new SqlStatement("SELECT pg_advisory_unlock_all()").ReadAsync(connection, null, _ => 0, CancellationToken.None).ConfigureAwait(false);
            }
            catch (DbException)
            {
                // A connection that broke has given its locks back.
            }
        }
    }
}
