using System.Data.Common;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Sessions.Storage;

/// <summary>What differs between the two databases; every statement but the migrations is the same text in both.</summary>
internal abstract class SessionDialect : IAsyncDisposable
{
    /// <summary>The dialect of the configured database.</summary>
    /// <param name="options">Which and where.</param>
    /// <exception cref="OptionsValidationException">The connection string is none of that database.</exception>
    public static SessionDialect Of(PatientSessionOptions options)
    {
        try
        {
            return options.Database switch
            {
                SessionDatabaseKind.Sqlite => new SqliteDialect(options.ConnectionString),
                SessionDatabaseKind.Postgres => new PostgresDialect(options.ConnectionString),
                _ => throw new InvalidOperationException("MedGemma:Sessions:Database must be Sqlite or Postgres."),
            };
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            // Without the message of what was thrown: it may quote a password.
            throw new OptionsValidationException(
                PatientSessionOptions.SectionName, typeof(PatientSessionOptions), [$"MedGemma:Sessions:ConnectionString is not a connection string of {options.Database}"]);
        }
    }

    /// <summary>Folder of the dialect's embedded migrations.</summary>
    public abstract string MigrationFolder { get; }

    /// <summary>Statement that keeps a second process from migrating at the same time, until the transaction ends.</summary>
    public abstract string MigrationLock { get; }

    /// <summary>What a SELECT ends with that keeps its rows for this transaction; empty where a transaction has the whole database.</summary>
    public virtual string RowLock => "";

    /// <summary>An open connection that makes commits durable before they return.</summary>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction that sees one state of the database and keeps no writer waiting.</summary>
    /// <param name="connection">A connection that was opened here.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public abstract ValueTask<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Runs a read on an open connection, where it may block.</summary>
    /// <param name="work">The read.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public abstract Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs a write on an open connection, where it may block and in turn where the database has one writer.</summary>
    /// <param name="work">The write.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public abstract Task WriteAsync(Func<DatabaseWriter, Task> work, CancellationToken cancellationToken);

    /// <summary>Takes the right to use the database: shared by servers, or alone, which no server then may join.</summary>
    /// <param name="alone">Whether nobody else may have it.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>What gives it back, or null when it cannot be had now.</returns>
    public abstract Task<IAsyncDisposable?> TryHoldAsync(bool alone, CancellationToken cancellationToken);

    /// <summary>Overwrites or drops what deleted rows left in the database's own files.</summary>
    /// <param name="cancellationToken">Cancels between steps.</param>
    /// <exception cref="DbException">It could not be done now.</exception>
    public abstract Task ScrubAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
