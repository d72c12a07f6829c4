using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Records.Store;

/// <summary>One moment of a SQLite database, held while others read and write. Not safe for concurrent use.</summary>
public sealed class SqliteSnapshot : IDisposable
{
    private readonly StoreConnection _source;
    private readonly TimeSpan _busyTimeout;

    private SqliteSnapshot(StoreConnection source, TimeSpan busyTimeout)
    {
        _source = source;
        _busyTimeout = busyTimeout;
    }

    /// <summary>Takes the snapshot.</summary>
    /// <param name="file">The database.</param>
    /// <param name="busyTimeout">How long to wait for another process.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static SqliteSnapshot Take(string file, TimeSpan busyTimeout)
    {
        StoreConnection? source = null;
        try
        {
            source = new StoreConnection(file, busyTimeout, isReadOnly: true);
            source.Execute("BEGIN");

            // The moment is that of the first read, not of BEGIN: https://sqlite.org/isolation.html
            source.Scalar<long>("SELECT count(*) FROM sqlite_schema");
            return new SqliteSnapshot(source, busyTimeout);
        }
        catch (SqliteException exception)
        {
            source?.Dispose();
            throw new StoreException($"{file} is not a database that can be read.", exception);
        }
    }

    /// <summary>Whether every page of it is sound.</summary>
    public bool IsSound()
    {
        try
        {
            return _source.Scalar<string>("PRAGMA integrity_check(1)") == "ok";
        }
        catch (SqliteException unreadable) when (unreadable.SqliteErrorCode is StoreSchema.Corrupt or StoreSchema.NotADatabase)
        {
            return false;
        }
    }

    /// <summary>Copies it into a new file, readable by its owner only; the file has its name only when it is whole.</summary>
    /// <param name="file">The file to make.</param>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public void CopyTo(string file) => CopyTo(file, static _ => { });

    /// <summary>As <see cref="CopyTo(string)"/>, with a last change to the copy.</summary>
    internal void CopyTo(string file, Action<StoreConnection> change)
    {
        var partial = file + ".partial";
        try
        {
            File.Delete(partial);
            SqliteFiles.MakePrivate(partial);
            using (var target = new StoreConnection(partial, _busyTimeout))
            {
                _source.Connection.BackupDatabase(target.Connection);
                change(target);
                target.Execute("PRAGMA journal_mode = DELETE");
            }

            File.Move(partial, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new StoreException($"{file} cannot be written.", exception);
        }
    }

    /// <summary>What the snapshot reads from.</summary>
    internal StoreConnection Source => _source;

    /// <summary>Lets go of the moment.</summary>
    public void Dispose() => _source.Dispose();
}
