namespace MedGemma.Agents.Records.Store;

/// <summary>Erases patients from the store, and takes and checks copies of it. Safe for concurrent use by several processes.</summary>
public sealed class StoreMaintenance
{
    private readonly RecordStore _store;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="timeProvider">The clock for the trace that an erasure leaves.</param>
    public StoreMaintenance(RecordStore store, TimeProvider timeProvider)
    {
        _store = store;
        _timeProvider = timeProvider;
    }

    /// <summary>Holds the store as it is at this moment, while others read and write.</summary>
    /// <returns>The snapshot, or null when there is no store.</returns>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public SqliteSnapshot? TakeSnapshot()
    {
        if (!File.Exists(_store.Database.FilePath))
            return null;

        _store.Database.Open().Dispose();
        return SqliteSnapshot.Take(_store.Database.FilePath, _store.Database.BusyTimeout);
    }

    /// <summary>Checks a copy and puts it beside the store, ready to take its place. Change tokens of the store as it was match nothing in it.</summary>
    /// <param name="file">A copy that a snapshot made.</param>
    /// <returns>The file that is to take the store's place.</returns>
    /// <exception cref="StoreException">The file is damaged, of a newer program, or no store.</exception>
    public string StageRestore(string file)
    {
        using var backup = SqliteSnapshot.Take(file, _store.Database.BusyTimeout);
        if (StoreSchema.Check(backup.Source) == 0)
            throw new StoreException($"{file} is empty, no backup.");

        if (!backup.IsSound())
            throw new StoreException($"{file} is damaged; nothing was restored.");

        var staged = _store.Database.FilePath + ".restored";
        File.Delete(staged);
        backup.CopyTo(staged, static copy => copy.Execute("UPDATE facts SET value = lower(hex(randomblob(8))) WHERE name = 'epoch'"));
        return staged;
    }

    /// <summary>Keeps every other import, erasure and restore away, until it is disposed.</summary>
    /// <exception cref="StoreException">Another one is running.</exception>
    public DataFolderLock TakeForWriting() =>
        DataFolderLock.TryTakeForWriting(_store.Database.Folder) ?? throw new StoreException("Another import, erasure or restore is running on this data folder; wait for it to end.");

    /// <summary>Deletes every trace of a patient, old versions too, and overwrites the place where they were.</summary>
    /// <param name="patientId">Logical id of the Patient resource.</param>
    /// <param name="writing">What <see cref="TakeForWriting"/> gave.</param>
    /// <param name="cancellationToken">Stops before the deletion begins.</param>
    /// <exception cref="StoreException">The store cannot be used, or a reader kept the remains from being overwritten.</exception>
    public Task<EraseOutcome> EraseAsync(string patientId, DataFolderLock writing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writing);
        return Task.Run(() => Erase(patientId), cancellationToken);
    }

    private EraseOutcome Erase(string patientId)
    {
        using var store = _store.Database.Open();
        store.Execute("PRAGMA secure_delete = ON");
        var outcome = PatientErasure.Erase(store, patientId, _timeProvider.GetUtcNow());

        // Also the remains of an erasure that was cut off here.
        if (store.Scalar<long>("SELECT count(*) FROM erasures WHERE scrubbed = 0") == 0)
            return outcome;

        store.Execute("VACUUM");
        using (var checkpoint = store.Query("PRAGMA wal_checkpoint(TRUNCATE)"))
        {
            if (!checkpoint.Read() || checkpoint.GetInt64(0) != 0)
                throw new StoreException("The patient was erased, but a process that is reading kept the remains from being overwritten; run the same command again.");
        }

        store.Execute("UPDATE erasures SET scrubbed = 1");
        store.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return outcome;
    }
}
