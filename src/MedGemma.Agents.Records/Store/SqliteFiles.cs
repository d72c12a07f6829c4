namespace MedGemma.Agents.Records.Store;

/// <summary>A SQLite database as the files that it is made of. Replacing and deleting is for databases that nobody has open.</summary>
public static class SqliteFiles
{
    private static readonly string[] s_suffixes = ["", "-wal", "-shm"];

    /// <summary>Makes an empty database that its owner alone can read, unless there is one: SQLite would make it with the process's umask.</summary>
    /// <param name="file">The database.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void MakePrivate(string file)
    {
        if (OperatingSystem.IsWindows() || File.Exists(file))
            return;

        new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }).Dispose();
    }

    /// <summary>Puts a database in the place of another, or of none.</summary>
    /// <param name="file">The one to move there: closed, without a write-ahead log.</param>
    /// <param name="target">Where it goes; what is there is lost.</param>
    public static void Replace(string file, string target)
    {
        // The old write-ahead log must never meet the new file, so it goes first, with the file it belongs to.
        var replaced = target + ".replaced";
        foreach (var suffix in s_suffixes)
        {
            File.Delete(replaced + suffix);
            if (File.Exists(target + suffix))
                File.Move(target + suffix, replaced + suffix);
        }

        File.Move(file, target);
        Delete(replaced);
    }

    /// <summary>Deletes a database, when it is there.</summary>
    /// <param name="file">The database.</param>
    public static void Delete(string file)
    {
        foreach (var suffix in s_suffixes)
            File.Delete(file + suffix);
    }
}
