using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Records.Store;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Maintenance;

/// <summary>Copies the record store and the sessions, both as they are at one moment, into a new folder, while a server and an import run.</summary>
internal sealed class DataFolderBackup(StoreMaintenance store, SessionStorage sessions, IOptions<StoreOptions> options, TimeProvider clock)
{
    /// <summary>Backs up.</summary>
    /// <param name="folder">The folder to make; it has its name only when it is whole.</param>
    /// <param name="cancellationToken">Cancels between files.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="CommandRefusedException">There is nothing to back up, what there is is damaged, or the folder exists or cannot be made.</exception>
    /// <exception cref="StoreException">A database cannot be read, or the copy not be written.</exception>
    public async Task<BackupManifest> BackUpAsync(string folder, CancellationToken cancellationToken)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.Exists(target))
            throw new CommandRefusedException($"{target} exists already; name a new folder");

        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new CommandRefusedException($"the folder of {target} does not exist");

        var (records, conversations) = TakeSnapshots();
        using var _ = records;
        using var __ = conversations;
        var moment = clock.GetUtcNow();
        if (records is null && conversations is null)
            throw new CommandRefusedException($"there is nothing to back up in {options.Value.DataFolder}");

        foreach (var (name, snapshot) in new[] { (BackupManifest.Records, records), (BackupManifest.SessionsFile, conversations) })
        {
            if (snapshot is not null && !await Task.Run(snapshot.IsSound, cancellationToken).ConfigureAwait(false))
                throw new CommandRefusedException($"{name} is damaged, and nothing was backed up; restore an earlier backup");
        }

        var partial = target + ".partial";
        try
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(partial);
            else
                Directory.CreateDirectory(partial, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var files = new Dictionary<string, string>();
            foreach (var (name, snapshot) in new[] { (BackupManifest.Records, records), (BackupManifest.SessionsFile, conversations) })
            {
                if (snapshot is null)
                    continue;

                cancellationToken.ThrowIfCancellationRequested();
                var file = Path.Combine(partial, name);
                await Task.Run(() => snapshot.CopyTo(file), CancellationToken.None).ConfigureAwait(false);
                files[name] = await BackupManifest.HashAsync(file, cancellationToken).ConfigureAwait(false);
            }

            var manifest = new BackupManifest(BackupManifest.CurrentFormat, moment, sessions.Options.Database, files);
            await manifest.WriteAsync(partial, cancellationToken).ConfigureAwait(false);
            Directory.Move(partial, target);
            return manifest;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException($"{target} cannot be written");
        }
    }

    /// <summary>Sessions do not change while the two are taken, so that both are of the moment at which the second is.</summary>
    private (SqliteSnapshot? Records, SqliteSnapshot? Sessions) TakeSnapshots()
    {
        if (sessions.File is not { } file || !File.Exists(file))
            return (store.TakeSnapshot(), null);

        var wait = TimeSpan.FromSeconds(options.Value.BusyTimeoutSeconds);
        using var hold = SqliteWriteHold.Take(file, wait);
        var conversations = SqliteSnapshot.Take(file, wait);
        try
        {
            return (store.TakeSnapshot(), conversations);
        }
        catch
        {
            conversations.Dispose();
            throw;
        }
    }
}
