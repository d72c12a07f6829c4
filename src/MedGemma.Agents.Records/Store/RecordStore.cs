using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Records.Store;

/// <summary>The embedded store: every version of every resource that was imported, in one SQLite file. Safe for concurrent use, also by several processes.</summary>
public sealed class RecordStore : IVersionedRecordSource
{
    /// <summary>Name of the file that lies in a data folder while its databases are being replaced; the store opens none that has it.</summary>
    public const string UnfinishedRestore = "restore.unfinished";

    private const string Columns = "type, id, version, json, full_url, last_updated";
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes a store; the file is made or migrated with its first use.</summary>
    /// <param name="options">Where it lies.</param>
    /// <param name="timeProvider">The clock for receipts.</param>
    public RecordStore(IOptions<StoreOptions> options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        Database = new StoreDatabase(options.Value);
        _timeProvider = timeProvider;
    }

    /// <summary>Whether its file is there already.</summary>
    public bool Exists => File.Exists(Database.FilePath);

    internal StoreDatabase Database { get; }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The store is of a newer program, damaged, or cannot be opened.</exception>
    public Task<RawRecord?> ReadAsync(string patientId, CancellationToken cancellationToken) => Task.Run(() => Read(patientId), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The store is of a newer program, damaged, or cannot be opened.</exception>
    public Task<string> GetChangeTokenAsync(string patientId, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var store = Database.Open();
            return store.Scalar<string>(
                """
                SELECT (SELECT value FROM facts WHERE name = 'epoch') || '-' || (SELECT value FROM facts WHERE name = 'supporting')
                    || '-' || coalesce((SELECT change FROM patients WHERE id = ?1), 'none')
                """,
                patientId)!;
        },
        cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The store is of a newer program, damaged, or cannot be opened.</exception>
    public Task<IReadOnlyList<PatientMatch>> FindPatientsAsync(string text, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Task.Run<IReadOnlyList<PatientMatch>>(() => Find(text.Trim().ToLowerInvariant(), limit), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The store is of a newer program, damaged, or cannot be opened.</exception>
    public Task<IReadOnlyList<RawResource>> ReadVersionsAsync(IReadOnlyCollection<ResourceVersion> versions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(versions);
        return Task.Run<IReadOnlyList<RawResource>>(
            () =>
            {
                using var store = Database.Open();
                var found = new List<RawResource>(versions.Count);
                foreach (var (key, version) in versions)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    using var rows = store.Query($"SELECT {Columns} FROM resources WHERE type = ?1 AND id = ?2 AND version = ?3", key.Type, key.Id, version);
                    if (rows.Read())
                        found.Add(ResourceOf(rows));
                }

                return found;
            },
            cancellationToken);
    }

    private RawRecord? Read(string patientId)
    {
        using var store = Database.Open();

        // One snapshot for all statements, so that a record never mixes two states of the store.
        store.Execute("BEGIN");
        var resources = new List<RawResource>();
        using (var rows = store.Query($"SELECT {Columns} FROM resources WHERE patient = ?1 AND current = 1", patientId))
        {
            while (rows.Read())
                resources.Add(ResourceOf(rows));
        }

        var patient = new ResourceKey("Patient", patientId);
        if (!resources.Exists(resource => resource.Key == patient))
            return null;

        var (own, secured) = SupportingResources.Divide(resources);
        var supporting = SupportingResources.Follow(own, reference => FindSupporting(store, reference));
        var complete = new Dictionary<string, bool>(StringComparer.Ordinal);
        using (var rows = store.Query("SELECT type, complete FROM completeness WHERE patient = ?1", patientId))
        {
            while (rows.Read())
                complete[rows.GetString(0)] = rows.GetInt64(1) == 1;
        }

        store.Execute("COMMIT");
        return new RawRecord(patient, own, [.. supporting, .. secured], ReceiptOf(own, complete));
    }

    private Receipt ReceiptOf(List<RawResource> resources, Dictionary<string, bool> complete)
    {
        var all = complete.Remove("*", out var every) && every;
        var vouched = complete.Where(static type => type.Value).Select(static type => type.Key);
        var lost = complete.Where(static type => !type.Value).Select(static type => type.Key);
        return Supply.Receipt("store", _timeProvider.GetUtcNow(), CompleteTypes.Of(all, vouched), resources.Select(static resource => resource.Key.Type), lost);
    }

    private List<PatientMatch> Find(string wanted, int limit)
    {
        using var store = Database.Open();
        using var rows = store.Query(
            """
            SELECT id, name, birth_date, gender, identifiers, replaced_by FROM patients
            WHERE search IS NOT NULL AND instr(search, ?1) > 0 ORDER BY id LIMIT ?2
            """,
            wanted,
            Math.Max(0, limit));
        var found = new List<PatientMatch>();
        while (rows.Read())
        {
            found.Add(new PatientMatch(
                rows.GetString(0), TextOf(rows, 1), TextOf(rows, 2), TextOf(rows, 3), JsonSerializer.Deserialize<string[]>(rows.GetString(4)) ?? [])
            {
                ReplacedBy = TextOf(rows, 5),
            });
        }

        return found;
    }

    private static RawResource? FindSupporting(StoreConnection store, string reference)
    {
        const string Of = $"SELECT {Columns} FROM resources WHERE current = 1 AND standing = 1 AND ";
        if (ResourceKey.TryParse(reference, out var key))
        {
            using var byKey = store.Query(Of + "type = ?1 AND id = ?2", key.Type, key.Id);
            if (byKey.Read())
                return ResourceOf(byKey);
        }

        using var byUrl = store.Query(Of + "full_url = ?1 LIMIT 2", reference);
        if (!byUrl.Read())
            return null;

        var found = ResourceOf(byUrl);
        return byUrl.Read() ? null : found;
    }

    private static RawResource ResourceOf(SqliteDataReader row) => new(
        new ResourceKey(string.Intern(row.GetString(0)), row.GetString(1)),
        row.GetString(2),
        row.GetFieldValue<byte[]>(3),
        TextOf(row, 4),
        row.IsDBNull(5) ? null : new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero));

    private static string? TextOf(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
