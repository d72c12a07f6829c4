using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Store;

namespace MedGemma.Agents.Records.Importing;

/// <summary>Puts resources into the store in transactions, a bundle never in more than one. Not safe for concurrent use.</summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly StoreConnection _store;
    private readonly ChangedRecords _changed;
    private bool _isInTransaction;
    private bool _isInBundle;

    public StoreWriter(StoreDatabase database)
    {
        _store = database.Open();
        _store.Execute("PRAGMA cache_size = -32000");

        // On disk when they grow: a bundle of a million entries must not be held in memory. Drops all temporary tables, so it comes before them.
        _store.Execute("PRAGMA temp_store = FILE");
        _changed = new ChangedRecords(_store);
        _store.Execute("CREATE TEMP TABLE scope (full_url TEXT PRIMARY KEY, type TEXT, id TEXT) WITHOUT ROWID");
        _store.Execute("CREATE TEMP TABLE pending (seq INTEGER PRIMARY KEY, file TEXT, line INTEGER, entry INTEGER, in_bundle INTEGER)");
    }

    /// <summary>Everything up to <see cref="EndBundle"/> becomes visible together or not at all.</summary>
    public void BeginBundle()
    {
        EnsureTransaction();
        _store.Execute("SAVEPOINT bundle");
        _changed.BeginBundle();
        _isInBundle = true;
    }

    /// <summary>Ends a bundle; its forward references are resolved, or it is taken back.</summary>
    public void EndBundle(bool isWhole)
    {
        if (isWhole)
            ResolveWithinBundle();
        else
            _store.Execute("ROLLBACK TO bundle");

        _store.Execute("RELEASE bundle");
        _store.Execute("DELETE FROM scope");
        _changed.EndBundle(isWhole);
        _isInBundle = false;
    }

    public PutOutcome Put(ReadResource read)
    {
        EnsureTransaction();
        var resource = read.Resource;
        if (_isInBundle && resource.FullUrl is not null)
            _store.Execute("INSERT OR IGNORE INTO scope VALUES (?1, ?2, ?3)", resource.FullUrl, resource.Key.Type, resource.Key.Id);

        Stored? current = null;
        Stored? same = null;
        using (var rows = _store.Query("SELECT seq, version, current, last_updated, patient, standing FROM resources WHERE type = ?1 AND id = ?2", resource.Key.Type, resource.Key.Id))
        {
            while (rows.Read())
            {
                var stored = new Stored(rows.GetInt64(0), rows.IsDBNull(3) ? null : rows.GetInt64(3), rows.IsDBNull(4) ? null : rows.GetString(4), rows.GetInt64(5));
                if (rows.GetInt64(2) == 1)
                    current = stored;
                if (rows.GetString(1) == resource.Version)
                    same = stored;
            }
        }

        if (same is { } known)
            return Recognise(read, known, current);

        return current is { } newest && IsAnotherPerson(resource, newest) ? PutOutcome.AnotherPerson : Insert(read, current);
    }

    /// <summary>Makes what was put visible to everyone.</summary>
    public void Commit()
    {
        if (!_isInTransaction)
            return;

        _changed.Publish();
        _store.Execute("COMMIT");
        _isInTransaction = false;
    }

    /// <summary>Resolves what only the whole store can, such as a reference by identifier to a patient that came later, and publishes it.</summary>
    /// <returns>What this import left without a patient.</returns>
    public List<ReadProblem> ResolvePending()
    {
        EnsureTransaction();
        var problems = new List<ReadProblem>();
        var resolved = new List<(long Seq, string Type, ResourceKey Owner)>();
        using (var rows = _store.Query(
            """
            SELECT r.seq, r.type, r.subject, p.file, p.line, p.entry FROM resources r LEFT JOIN pending p ON p.seq = r.seq WHERE r.standing = 3 ORDER BY r.seq
            """))
        {
            while (rows.Read())
            {
                var type = rows.GetString(1);
                var subject = rows.IsDBNull(2) ? null : rows.GetString(2);
                if (subject is not null && ResourceSubject.OwnerOf(subject, FindOwner) is { } owner)
                {
                    resolved.Add((rows.GetInt64(0), type, owner));
                }
                else if (!rows.IsDBNull(3))
                {
                    var position = new ReadPosition(rows.GetString(3), rows.IsDBNull(4) ? null : rows.GetInt64(4), rows.IsDBNull(5) ? null : rows.GetInt32(5));
                    problems.Add(new ReadProblem(position, SubjectProblem.Words(type, subject is null), type));
                }
            }
        }

        foreach (var (seq, type, owner) in resolved)
            Assign(seq, type, owner);
        _store.Execute("DELETE FROM pending");
        Commit();
        return problems;
    }

    /// <summary>Writes down what this import proves about the patients it touched, with its own end.</summary>
    public void Finish(long import, ImportSummary summary, CompleteTypes complete, Supply supply, DateTimeOffset now)
    {
        EnsureTransaction();
        _changed.Declare(complete, supply.Lost, supply.LostUnknown);
        _store.Execute(
            "UPDATE imports SET finished = ?2, added = ?3, updated = ?4, unchanged = ?5, refused = ?6 WHERE id = ?1",
            import, now.ToString("O"), summary.Added, summary.Updated, summary.Unchanged, summary.Refused);
        Commit();
        _store.Execute("PRAGMA wal_checkpoint(PASSIVE)");
    }

    public long Start(DateTimeOffset now) => _store.Scalar<long>("INSERT INTO imports (started) VALUES (?1) RETURNING id", now.ToString("O"));

    /// <summary>Patients that own resources while their Patient resource is not in the store.</summary>
    public long CountUnknownPatients() => _store.Scalar<long>("SELECT count(*) FROM patients WHERE search IS NULL");

    public void Dispose() => _store.Dispose();

    private void EnsureTransaction()
    {
        if (_isInTransaction)
            return;

        _store.Execute("BEGIN IMMEDIATE");
        _isInTransaction = true;
    }

    private PutOutcome Recognise(ReadResource read, Stored known, Stored? current)
    {
        var bytes = _store.Scalar<byte[]>("SELECT json FROM resources WHERE seq = ?1", known.Seq)!;
        if (!bytes.AsSpan().SequenceEqual(read.Resource.Json.Span) && !MeansTheSame(bytes, read.Resource.Json))
            return PutOutcome.Contradicts;

        // A value that goes back to what it was has the version that it had, where that is the hash of its content.
        if (current is { } newest && newest.Seq != known.Seq && !HasVersionId(bytes) && IsNewer(known.LastUpdated, newest))
            return IsAnotherPerson(read.Resource, newest) ? PutOutcome.AnotherPerson : Restore(read, known, newest);

        if (known.Patient is not null)
            _changed.Touch(known.Patient);
        if (known.Standing == Ownership.Unresolved)
            AddPending(known.Seq, read.Position);
        return PutOutcome.Unchanged;
    }

    private PutOutcome Restore(ReadResource read, Stored known, Stored newest)
    {
        _store.Execute("UPDATE resources SET current = 0 WHERE seq = ?1", newest.Seq);
        _store.Execute("UPDATE resources SET current = 1 WHERE seq = ?1", known.Seq);
        foreach (var patient in new[] { newest.Patient, known.Patient }.OfType<string>())
            _changed.Add(patient, read.Resource.Key.Type);
        if (known.Standing == Ownership.Supporting)
            _changed.AddSupporting();
        if (known.Standing == Ownership.Unresolved)
            AddPending(known.Seq, read.Position);
        if (read.Resource.Key.Type == "Patient")
            Describe(read.Resource);
        return PutOutcome.Updated;
    }

    private static bool HasVersionId(byte[] resource)
    {
        using var json = JsonDocument.Parse(resource);
        return json.RootElement.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("versionId", out var version) && version.ValueKind == JsonValueKind.String && version.GetString() is { Length: > 0 };
    }

    /// <summary>Newer is by <c>meta.lastUpdated</c>, else what came later.</summary>
    private static bool IsNewer(long? updated, Stored newest) => updated is null || newest.LastUpdated is null || updated >= newest.LastUpdated;

    private bool IsAnotherPerson(RawResource resource, Stored newest) =>
        resource.Key.Type == "Patient"
        && PatientDetails.Read(resource.Key.Id, resource.Json)
            .IsAnotherPersonThan(PatientDetails.Read(resource.Key.Id, _store.Scalar<byte[]>("SELECT json FROM resources WHERE seq = ?1", newest.Seq)!));

    private PutOutcome Insert(ReadResource read, Stored? current)
    {
        var resource = read.Resource;
        var owner = FindOwnerAtOnce(read.Subject);
        var patient = owner is { Type: "Patient" } ? owner.Value.Id : null;
        var standing = read.Subject.Kind switch
        {
            SubjectKind.Supporting => Ownership.Supporting,
            SubjectKind.Shared => Ownership.Shared,
            _ when patient is not null => Ownership.Owned,
            _ when owner is not null => Ownership.Shared,
            _ => Ownership.Unresolved,
        };
        var updated = resource.LastUpdated?.UtcTicks;
        var isNewest = current is not { } before || IsNewer(updated, before);
        if (isNewest && current is { } replaced)
        {
            _store.Execute("UPDATE resources SET current = 0 WHERE seq = ?1", replaced.Seq);
            if (replaced.Patient is not null)
                _changed.Add(replaced.Patient, resource.Key.Type);
        }

        var seq = _store.Scalar<long>(
            """
            INSERT INTO resources (type, id, version, current, patient, standing, subject, full_url, last_updated, json)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING seq
            """,
            resource.Key.Type, resource.Key.Id, resource.Version, isNewest ? 1 : 0, patient, standing,
            standing == Ownership.Unresolved ? read.Subject.Reference : null, resource.FullUrl, updated, resource.Json.ToArray());
        if (patient is not null)
            _changed.Add(patient, resource.Key.Type);
        if (standing == Ownership.Supporting)
            _changed.AddSupporting();
        if (standing == Ownership.Unresolved)
            AddPending(seq, read.Position);
        if (isNewest && resource.Key.Type == "Patient")
            Describe(resource);
        return current is null ? PutOutcome.Added : PutOutcome.Updated;
    }

    private void Describe(RawResource patient)
    {
        var details = PatientDetails.Read(patient.Key.Id, patient.Json);
        _store.Execute(
            """
            INSERT INTO patients (id, change, name, birth_date, gender, identifiers, search, replaced_by) VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (id) DO UPDATE SET name = ?2, birth_date = ?3, gender = ?4, identifiers = ?5, search = ?6, replaced_by = ?7
            """,
            patient.Key.Id, details.Match.Name, details.Match.BirthDate, details.Match.Gender, JsonSerializer.Serialize(details.Match.Identifiers), details.SearchText, details.Match.ReplacedBy);
        _store.Execute("DELETE FROM identifiers WHERE patient = ?1", patient.Key.Id);
        foreach (var (system, value) in details.Identifiers)
            _store.Execute("INSERT OR IGNORE INTO identifiers VALUES (?1, ?2, ?3)", value, system, patient.Key.Id);
    }

    private ResourceKey? FindOwnerAtOnce(ResourceSubject subject) =>
        subject is { Kind: SubjectKind.Reference, Reference: { } references } ? ResourceSubject.OwnerOf(references, FindAtOnce) : null;

    private ResourceKey? FindAtOnce(string reference)
    {
        if (_isInBundle && FindInScope(reference) is { } entry)
            return entry;

        return !ConditionalReference.IsSearch(reference) && ResourceKey.TryParse(reference, out var key) && !AbsoluteReference.Is(reference) ? key : null;
    }

    private ResourceKey? FindInScope(string reference)
    {
        using var rows = _store.Query("SELECT type, id FROM scope WHERE full_url = ?1", reference);
        return rows.Read() ? new ResourceKey(rows.GetString(0), rows.GetString(1)) : null;
    }

    private void ResolveWithinBundle()
    {
        var resolved = new List<(long Seq, string Type, ResourceKey Owner)>();
        using (var rows = _store.Query("SELECT r.seq, r.type, r.subject FROM pending p JOIN resources r ON r.seq = p.seq WHERE p.in_bundle = 1 AND r.subject IS NOT NULL"))
        {
            while (rows.Read())
            {
                if (ResourceSubject.OwnerOf(rows.GetString(2), FindInScope) is { } owner)
                    resolved.Add((rows.GetInt64(0), rows.GetString(1), owner));
            }
        }

        foreach (var (seq, type, owner) in resolved)
        {
            Assign(seq, type, owner);
            _store.Execute("DELETE FROM pending WHERE seq = ?1", seq);
        }

        _store.Execute("UPDATE pending SET in_bundle = 0 WHERE in_bundle = 1");
    }

    private ResourceKey? FindOwner(string reference)
    {
        if (ConditionalReference.TryParse(reference, out var search))
        {
            using var patients = _store.Query(
                "SELECT DISTINCT patient FROM identifiers WHERE value = ?1 AND (?2 IS NULL OR system = ?2) LIMIT 2", search.Value, search.System);
            if (!patients.Read())
                return null;

            var patient = patients.GetString(0);
            return patients.Read() ? null : new ResourceKey("Patient", patient);
        }

        if (ConditionalReference.IsSearch(reference))
            return null;

        if (ResourceKey.TryParse(reference, out var key) && !AbsoluteReference.Is(reference))
            return key;

        using var rows = _store.Query("SELECT DISTINCT type, id FROM resources WHERE full_url = ?1 LIMIT 2", AbsoluteReference.WithoutVersion(reference));
        if (!rows.Read())
            return null;

        var owner = new ResourceKey(rows.GetString(0), rows.GetString(1));
        return rows.Read() ? null : owner;
    }

    private void Assign(long seq, string type, ResourceKey owner)
    {
        var patient = owner.Type == "Patient" ? owner.Id : null;
        _store.Execute(
            "UPDATE resources SET patient = ?2, standing = ?3, subject = NULL WHERE seq = ?1", seq, patient, patient is null ? Ownership.Shared : Ownership.Owned);
        if (patient is not null)
            _changed.Add(patient, type);
    }

    private void AddPending(long seq, ReadPosition position) =>
        _store.Execute("INSERT OR REPLACE INTO pending VALUES (?1, ?2, ?3, ?4, ?5)", seq, position.File, position.Line, position.Entry, _isInBundle ? 1 : 0);

    private static bool MeansTheSame(byte[] stored, ReadOnlyMemory<byte> read)
    {
        using var left = JsonDocument.Parse(stored);
        using var right = JsonDocument.Parse(read);
        return CanonicalContent.Write(left.RootElement).AsSpan().SequenceEqual(CanonicalContent.Write(right.RootElement));
    }

    private readonly record struct Stored(long Seq, long? LastUpdated, string? Patient, long Standing);
}
