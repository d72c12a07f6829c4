using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Records.Store;

/// <summary>The store's file in the data folder: opens connections on it, and makes or migrates it before the first. Safe for concurrent use.</summary>
internal sealed class StoreDatabase(StoreOptions options)
{
    public const string FileName = "records.db";
    private readonly Lock _gate = new();
    private bool _isReady;

    public string Folder { get; } = Path.GetFullPath(options.DataFolder);

    public string FilePath => Path.Combine(Folder, FileName);

    public TimeSpan BusyTimeout { get; } = TimeSpan.FromSeconds(options.BusyTimeoutSeconds);

    /// <summary>Makes the data folder, for its owner's eyes only.</summary>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public static void MakeFolder(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The data folder {folder} cannot be made or entered.", exception);
        }
    }

    /// <summary>Opens the store.</summary>
    /// <exception cref="StoreException">It is of a newer program, damaged, or cannot be opened.</exception>
    public StoreConnection Open()
    {
        lock (_gate)
        {
            if (!_isReady)
                Prepare();
            _isReady = true;
        }

        return OpenFile();
    }

    private void Prepare()
    {
        MakeFolder(Folder);
        if (File.Exists(Path.Combine(Folder, RecordStore.UnfinishedRestore)))
            throw new StoreException($"A restore into {Folder} was cut off; run 'medgemma restore --replace' again.");

        SqliteFiles.MakePrivate(FilePath);
        using var store = OpenFile();
        StoreSchema.Ensure(store);
    }

    private StoreConnection OpenFile()
    {
        try
        {
            return new StoreConnection(FilePath, BusyTimeout);
        }
        catch (SqliteException exception)
        {
            throw new StoreException($"The store {FilePath} cannot be opened.", exception);
        }
    }
}
