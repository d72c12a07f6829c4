using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Records.Store;

/// <summary>Keeps everybody from writing to a SQLite database for a moment; readers go on.</summary>
public sealed class SqliteWriteHold : IDisposable
{
    private readonly StoreConnection _connection;

    private SqliteWriteHold(StoreConnection connection) => _connection = connection;

    /// <summary>Waits for the running write to end, and lets no other begin.</summary>
    /// <param name="file">The database.</param>
    /// <param name="busyTimeout">How long to wait.</param>
    /// <exception cref="StoreException">It cannot be opened, or a write lasts longer.</exception>
    public static SqliteWriteHold Take(string file, TimeSpan busyTimeout)
    {
        StoreConnection? connection = null;
        try
        {
            connection = new StoreConnection(file, busyTimeout);
            connection.Execute("BEGIN IMMEDIATE");
            return new SqliteWriteHold(connection);
        }
        catch (SqliteException exception)
        {
            connection?.Dispose();
            throw new StoreException($"{file} cannot be kept from changing for a moment.", exception);
        }
    }

    /// <summary>Lets writers go on; nothing was changed.</summary>
    public void Dispose() => _connection.Dispose();
}
