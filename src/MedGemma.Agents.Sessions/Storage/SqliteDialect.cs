using System.Data.Common;
using MedGemma.Agents.Records.Store;
using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Sessions.Storage;

/// <summary>SQLite: one writer, write-ahead log, a commit is on disk before it returns.</summary>
internal sealed class SqliteDialect : SessionDialect
{
    /// <summary>Writes after which the write-ahead log is moved into the database; the log's file keeps its length, so that it says nothing.</summary>
    private const int WritesOfLog = 100;

    private readonly string _file;
    private readonly DbDataSource _source;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private DatabaseWriter? _writing;
    private Task _checkpoint = Task.CompletedTask;
    private int _writes;
    private bool _isPrivate;

    public SqliteDialect(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true };
        _file = builder.DataSource;
        _source = SqliteFactory.Instance.CreateDataSource(builder.ConnectionString);
    }

    public override string MigrationFolder => "Sqlite";

    // BEGIN IMMEDIATE, which Microsoft.Data.Sqlite issues, already holds the write lock.
    public override string MigrationLock => "SELECT 1";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (!_isPrivate)
            SqliteFiles.MakePrivate(_file);
        _isPrivate = true;
        var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

        // With the log, NORMAL would lose acknowledged commits on power loss: https://sqlite.org/pragma.html#pragma_synchronous
        await ExecuteAsync(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;", cancellationToken).ConfigureAwait(false);
        return connection;
    }

    // Deferred: with the write-ahead log a reader has its own state and holds no lock.
    public override ValueTask<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    // The driver's asynchronous calls block, so they leave the grain's scheduler.
    public override Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = connection.ConfigureAwait(false);
            return await work(connection).ConfigureAwait(false);
        },
        cancellationToken);

    public override async Task WriteAsync(Func<DatabaseWriter, Task> work, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A grain's scheduler must not block; a thread of the pool may.
            if (TaskScheduler.Current == TaskScheduler.Default)
                await WriteHereAsync(work, cancellationToken).ConfigureAwait(false);
            else
                await Task.Run(() => WriteHereAsync(work, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writer.Release();
        }
    }

    // One machine: the data folder's lock keeps servers and erasures apart.
    public override Task<IAsyncDisposable?> TryHoldAsync(bool alone, CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(NoHold.Instance);

    public override Task ScrubAsync(CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = connection.ConfigureAwait(false);
            await ExecuteAsync(connection, "VACUUM", cancellationToken).ConfigureAwait(false);
            var busy = await new SqlStatement("PRAGMA wal_checkpoint(TRUNCATE)").ReadAsync(connection, null, row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
            if (busy[0] != 0)
                throw new SqliteException("a process that is reading keeps the write-ahead log from being emptied", SQLitePCL.raw.SQLITE_BUSY);
        },
        cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await _checkpoint.ConfigureAwait(false);
        if (_writing is not null)
            await _writing.DisposeAsync().ConfigureAwait(false);

        _writer.Dispose();
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private async Task WriteHereAsync(Func<DatabaseWriter, Task> work, CancellationToken cancellationToken)
    {
        _writing ??= await OpenWriterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await work(_writing).ConfigureAwait(false);
        }
        catch
        {
            // What state a failed write leaves its connection in is not asked; the next write opens another.
            await _writing.DisposeAsync().ConfigureAwait(false);
            _writing = null;
            throw;
        }

        if (++_writes < WritesOfLog || !_checkpoint.IsCompleted)
            return;

        _writes = 0;
        _checkpoint = Task.Run(CheckpointAsync, CancellationToken.None);
    }

    private async Task<DatabaseWriter> OpenWriterAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, "PRAGMA wal_autocheckpoint = 0", cancellationToken).ConfigureAwait(false);
        return new DatabaseWriter(connection, keepsCommands: true);
    }

    /// <summary>Moves the log into the database beside the writes, so that no turn waits for it.</summary>
    private async Task CheckpointAsync()
    {
        try
        {
            var connection = await OpenAsync(CancellationToken.None).ConfigureAwait(false);
            await using var _ = connection.ConfigureAwait(false);
            await ExecuteAsync(connection, "PRAGMA wal_checkpoint(PASSIVE)", CancellationToken.None).ConfigureAwait(false);
        }
        catch (DbException)
        {
            // The log only grows, and the next write tries again; a disk that fails will fail that write too.
        }
    }

    private static async Task ExecuteAsync(DbConnection connection, string statement, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // Constants of this class.
            command.CommandText = statement;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class NoHold : IAsyncDisposable
    {
        public static readonly NoHold Instance = new();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
