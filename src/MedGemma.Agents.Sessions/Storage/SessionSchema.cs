using System.Data.Common;
using System.Globalization;
using System.Reflection;

namespace MedGemma.Agents.Sessions.Storage;

/// <summary>Brings a database forward to the schema that this program knows; one embedded file a version and dialect.</summary>
internal static class SessionSchema
{
    /// <summary>The newest version that this program knows.</summary>
    public const int Version = 5;

    private const string CreateVersionTable = """
        CREATE TABLE IF NOT EXISTS session_schema_versions (version integer NOT NULL PRIMARY KEY, applied_at text NOT NULL)
        """;

    /// <summary>Applies what is missing, in one transaction.</summary>
    /// <param name="dialect">The database.</param>
    /// <param name="now">The instant, for the version table.</param>
    /// <param name="cancellationToken">Cancels the migration; nothing is then changed.</param>
    /// <exception cref="NewerSchemaException">A newer program has been here.</exception>
    public static Task MigrateAsync(SessionDialect dialect, DateTimeOffset now, CancellationToken cancellationToken) =>
        dialect.WriteAsync(writer => ApplyAsync(dialect, writer.Connection, now, cancellationToken), cancellationToken);

    private static async Task ApplyAsync(SessionDialect dialect, DbConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);

        await new SqlStatement(dialect.MigrationLock).ExecuteAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
        await new SqlStatement(CreateVersionTable).ExecuteAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
        var found = await ReadVersionAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
        if (found > Version)
            throw new NewerSchemaException(found, Version);

        for (var version = found + 1; version <= Version; version++)
        {
            await new SqlStatement(ReadMigration(dialect.MigrationFolder, version))
                .ExecuteAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
            await new SqlStatement(
                "INSERT INTO session_schema_versions (version, applied_at) VALUES (@version, @at)",
                ("version", version),
                ("at", StoredTime.Write(now))).ExecuteAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The version that a database has, 0 for a new one.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="transaction">The transaction to read in, or null.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="DbException">It holds no table of versions.</exception>
    public static async Task<int> ReadVersionAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var versions = await new SqlStatement("SELECT COALESCE(MAX(version), 0) FROM session_schema_versions")
            .ReadAsync(connection, transaction, row => Convert.ToInt32(row.GetValue(0), CultureInfo.InvariantCulture), cancellationToken)
            .ConfigureAwait(false);
        return versions[0];
    }

    private static string ReadMigration(string folder, int version)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{folder}/{version:0000}_");
        var name = assembly.GetManifestResourceNames().Single(resource => resource.Replace('\\', '/').StartsWith(prefix, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
