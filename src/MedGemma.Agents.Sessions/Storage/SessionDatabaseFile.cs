using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Sessions.Storage;

/// <summary>A session database as a SQLite file that nobody serves from.</summary>
public static class SessionDatabaseFile
{
    /// <summary>Makes sure that a file is a session database that this program can use.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="NewerSchemaException">A newer program wrote it.</exception>
    /// <exception cref="InvalidDataException">It is no session database.</exception>
    public static async Task DemandUsableAsync(string file, CancellationToken cancellationToken)
    {
        var builder = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        var connection = new SqliteConnection(builder.ConnectionString);
        await using var _ = connection.ConfigureAwait(false);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var version = await SessionSchema.ReadVersionAsync(connection, null, cancellationToken).ConfigureAwait(false);
            if (version > SessionSchema.Version)
                throw new NewerSchemaException(version, SessionSchema.Version);
        }
        catch (SqliteException foreign)
        {
            throw new InvalidDataException($"{file} is not a session database of this program.", foreign);
        }
    }
}
