using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Records.Store;

/// <summary>Backs the store up, restores it, and erases patients from it. Safe for concurrent use by several processes; erasing and restoring wait for nobody.</summary>
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

    /// <summary>Copies the store, as it is at one moment, into one file, while others read and write.</summary>
    /// <param name="file">The file to make.</param>
    /// <param name="cancellationToken">Stops before the copy begins.</param>
    /// <exception cref="StoreException">There is no store, the file exists, or it cannot be written.</exception>
    public Task BackUpAsync(string file, CancellationToken cancellationToken) => Task.Run(() => BackUp(Path.GetFullPath(file)), cancellationToken);

    /// <summary>Puts a backup in the place of the store. No process may serve from the data folder meanwhile.</summary>
    /// <param name="file">A file that <see cref="BackUpAsync"/> made.</param>
    /// <param name="replaceExisting">Whether a store that is there may be lost.</param>
    /// <param name="cancellationToken">Stops before the copy begins.</param>
    /// <exception cref="StoreException">The file is damaged, of a newer program or no backup; a store exists; or the data folder is in use.</exception>
    public Task RestoreAsync(string file, bool replaceExisting, CancellationToken cancellationToken) =>
        Task.Run(() => Restore(Path.GetFullPath(file), replaceExisting), cancellationToken);

    /// <summary>Deletes every trace of a patient, old versions too, and overwrites the place where they were.</summary>
    /// <param name="patientId">Logical id of the Patient resource.</param>
    /// <param name="cancellationToken">Stops before the deletion begins.</param>
    /// <exception cref="StoreException">The store cannot be used, another process is changing it, or a reader kept the remains from being overwritten.</exception>
    public Task<EraseOutcome> EraseAsync(string patientId, CancellationToken cancellationToken) => Task.Run(() => Erase(patientId), cancellationToken);

    private void BackUp(string file)
    {
        if (!File.Exists(_store.Database.FilePath))
            throw new StoreException($"There is no store in {_store.Database.Folder}, so nothing to back up.");

        if (File.Exists(file))
            throw new StoreException($"{file} exists already; name a new file.");

        using var source = _store.Database.Open();
        Copy(source, file, _store.Database.BusyTimeout, static _ => { });
    }

    private void Restore(string file, bool replaceExisting)
    {
        var database = _store.Database;
        if (!File.Exists(file))
            throw new StoreException($"{file} does not exist.");

        using var serving = DataFolderLock.TryTakeForServing(database.Folder) ?? throw new StoreException("A server is running on this data folder; stop it first.");
        using var writing = TakeForWriting(database);
        if (File.Exists(database.FilePath) && !replaceExisting)
            throw new StoreException($"There is a store in {database.Folder} already; it is replaced only when that is asked for.");

        using (var backup = OpenBackup(file, database.BusyTimeout))
        {
            if (StoreSchema.Check(backup) == 0)
                throw new StoreException($"{file} is empty, no backup.");
            if (backup.Scalar<string>("PRAGMA integrity_check") != "ok")
                throw new StoreException($"{file} is damaged; nothing was restored.");

            var replaced = database.FilePath + ".replaced";
            var restored = database.FilePath + ".restored";
            File.Delete(restored);

            // A new epoch: change tokens from before the restore must not match anything after it.
            Copy(backup, restored, database.BusyTimeout, static copy => copy.Execute("UPDATE facts SET value = lower(hex(randomblob(8))) WHERE name = 'epoch'"));

            // The old write-ahead log must never meet the new file, so it goes first, with the file it belongs to.
            foreach (var suffix in (string[])["", "-wal", "-shm"])
            {
                File.Delete(replaced + suffix);
                if (File.Exists(database.FilePath + suffix))
                    File.Move(database.FilePath + suffix, replaced + suffix);
            }

            File.Move(restored, database.FilePath);
            foreach (var suffix in (string[])["", "-wal", "-shm"])
                File.Delete(replaced + suffix);
        }
    }

    private EraseOutcome Erase(string patientId)
    {
        using var writing = TakeForWriting(_store.Database);
        using var store = _store.Database.Open();
        store.Execute("PRAGMA secure_delete = ON");
        var outcome = PatientErasure.Erase(store, patientId, _timeProvider.GetUtcNow());
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

    private static DataFolderLock TakeForWriting(StoreDatabase database) =>
        DataFolderLock.TryTakeForWriting(database.Folder) ?? throw new StoreException("Another import, erasure or restore is running on this data folder; wait for it to end.");

    private static StoreConnection OpenBackup(string file, TimeSpan busyTimeout)
    {
        try
        {
            return new StoreConnection(file, busyTimeout, isReadOnly: true);
        }
        catch (SqliteException exception)
        {
            throw new StoreException($"{file} is not a backup that can be read.", exception);
        }
    }

    /// <summary>Copies into a file beside the target and renames it, so that a file by the target's name is always whole.</summary>
    private static void Copy(StoreConnection source, string file, TimeSpan busyTimeout, Action<StoreConnection> change)
    {
        var partial = file + ".partial";
        try
        {
            File.Delete(partial);
            if (!OperatingSystem.IsWindows())
                new FileStream(partial, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();

            using (var target = new StoreConnection(partial, busyTimeout))
            {
                source.Connection.BackupDatabase(target.Connection);
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
}
