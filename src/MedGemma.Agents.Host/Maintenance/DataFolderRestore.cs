using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Maintenance;

/// <summary>Puts a backup in the place of the record store and of the sessions, while nothing else uses them.</summary>
internal sealed class DataFolderRestore(StoreMaintenance store, SessionStorage sessions, IOptions<StoreOptions> options)
{
    private string RecordsFile => Path.Combine(Path.GetFullPath(options.Value.DataFolder), BackupManifest.Records);

    /// <summary>Restores.</summary>
    /// <param name="folder">What <see cref="DataFolderBackup"/> made.</param>
    /// <param name="replaceExisting">Whether what is there may be lost.</param>
    /// <param name="cancellationToken">Cancels before anything is replaced.</param>
    /// <returns>What was restored.</returns>
    /// <exception cref="CommandRefusedException">It is no sound backup, something is there already, or the data folder is in use.</exception>
    /// <exception cref="StoreException">A copy is damaged or of a newer program.</exception>
    public async Task<BackupManifest> RestoreAsync(string folder, bool replaceExisting, CancellationToken cancellationToken)
    {
        var dataFolder = options.Value.DataFolder;
        using var serving = DataFolderLock.TryTakeForServing(dataFolder) ?? throw new CommandRefusedException("a server is running on this data folder; stop it first");
        using var writing = DataFolderLock.TryTakeForWriting(dataFolder)
            ?? throw new CommandRefusedException("another import, erasure or restore is running on this data folder; wait for it to end");
        var backup = Path.GetFullPath(folder);
        var manifest = await BackupManifest.ReadAsync(backup, cancellationToken).ConfigureAwait(false);
        if (manifest.Sessions != sessions.Options.Database)
            throw new CommandRefusedException($"the backup is of a server that kept sessions in {manifest.Sessions}, and MedGemma:Sessions:Database is {sessions.Options.Database}");

        if (!replaceExisting && (File.Exists(RecordsFile) || File.Exists(sessions.File)))
            throw new CommandRefusedException($"there is a store in {dataFolder} already; --replace replaces it");

        try
        {
            var records = manifest.Files.ContainsKey(BackupManifest.Records) ? store.StageRestore(Path.Combine(backup, BackupManifest.Records)) : null;
            var conversations = manifest.Files.ContainsKey(BackupManifest.SessionsFile)
                ? await StageSessionsAsync(Path.Combine(backup, BackupManifest.SessionsFile), cancellationToken).ConfigureAwait(false)
                : null;

            // From here to its deletion nothing opens the store: half a restore must not be served.
            var mark = Path.Combine(Path.GetFullPath(dataFolder), RecordStore.UnfinishedRestore);
            await File.WriteAllTextAsync(mark, "", CancellationToken.None).ConfigureAwait(false);
            Place(conversations, sessions.File);
            Place(records, RecordsFile);
            File.Delete(mark);
            return manifest;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or InvalidDataException or NewerSchemaException)
        {
            throw new CommandRefusedException(unusable.Message);
        }
    }

    /// <summary>What was not there at the moment of the backup is not there after it is restored.</summary>
    private static void Place(string? staged, string? target)
    {
        if (target is null)
            return;

        if (staged is null)
            SqliteFiles.Delete(target);
        else
            SqliteFiles.Replace(staged, target);
    }

    private async Task<string> StageSessionsAsync(string copy, CancellationToken cancellationToken)
    {
        await SessionDatabaseFile.DemandUsableAsync(copy, cancellationToken).ConfigureAwait(false);
        using var snapshot = SqliteSnapshot.Take(copy, TimeSpan.FromSeconds(options.Value.BusyTimeoutSeconds));
        if (!snapshot.IsSound())
            throw new CommandRefusedException($"{copy} is damaged; nothing was restored");

        var staged = sessions.File + ".restored";
        File.Delete(staged);
        snapshot.CopyTo(staged);
        return staged;
    }
}
