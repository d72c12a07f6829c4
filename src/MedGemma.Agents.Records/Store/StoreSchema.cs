using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Records.Store;

/// <summary>The shape of the store file: numbered migrations, one embedded script each, applied forward and never back.</summary>
internal static class StoreSchema
{
    /// <summary>Marks a SQLite file as a record store: the letters MGRS.</summary>
    public const long ApplicationId = 0x4D475253;

    /// <summary>What SQLite says of a file that is none of its own (https://sqlite.org/rescode.html#notadb).</summary>
    internal const int NotADatabase = 26;

    /// <summary>What SQLite says of damaged pages (https://sqlite.org/rescode.html#corrupt).</summary>
    internal const int Corrupt = 11;

    private static readonly (int Number, string Resource)[] Migrations = FindMigrations();

    /// <summary>The newest version that this program knows.</summary>
    public static int Newest => Migrations[^1].Number;

    /// <summary>Makes or migrates the store; several processes may do so at once.</summary>
    /// <exception cref="StoreException">The file is of a newer program, or no record store.</exception>
    public static void Ensure(StoreConnection store)
    {
        var version = Check(store);

        // A restored copy has no write-ahead log yet, and without one readers and an import would wait for each other.
        if (store.Scalar<string>("PRAGMA journal_mode") != "wal")
            store.Execute("PRAGMA journal_mode = WAL");
        if (version == Newest)
            return;

        store.Execute("BEGIN IMMEDIATE");
        try
        {
            version = Check(store);
            foreach (var (number, resource) in Migrations.Where(migration => migration.Number > version))
            {
                using var script = store.Connection.CreateCommand();
                script.CommandText = ReadScript(resource);
                script.ExecuteNonQuery();
                store.Execute($"PRAGMA user_version = {number.ToString(CultureInfo.InvariantCulture)}");
            }

            store.Execute($"PRAGMA application_id = {ApplicationId.ToString(CultureInfo.InvariantCulture)}");
            store.Execute("COMMIT");
        }
        catch
        {
            store.Execute("ROLLBACK");
            throw;
        }
    }

    /// <summary>The file's version, 0 for an empty file.</summary>
    /// <exception cref="StoreException">The file is of a newer program, or no record store.</exception>
    public static int Check(StoreConnection store)
    {
        try
        {
            var application = store.Scalar<long>("PRAGMA application_id");
            var version = (int)store.Scalar<long>("PRAGMA user_version");
            if (application != ApplicationId && (application != 0 || version != 0 || store.Scalar<long>("SELECT count(*) FROM sqlite_schema") > 0))
                throw new StoreException("The file is a database, but not a record store of this program.");

            if (version > Newest)
                throw new StoreException($"The store has schema {version}, and this program knows schemas up to {Newest}: use the newer program that wrote it.");

            return version;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is NotADatabase or Corrupt)
        {
            throw new StoreException("The file is not a readable record store; restore a backup.", exception);
        }
    }

    private static (int Number, string Resource)[] FindMigrations()
    {
        const string Folder = ".Store.Migrations.";
        return
        [
            .. typeof(StoreSchema).Assembly.GetManifestResourceNames()
                .Where(static name => name.Contains(Folder, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
                .Select(static name => (int.Parse(name.AsSpan(name.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length, 4), NumberStyles.None, CultureInfo.InvariantCulture), name))
                .OrderBy(static migration => migration.Item1),
        ];
    }

    private static string ReadScript(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
