namespace MedGemma.Agents.Records.Store;

/// <summary>
/// An exclusive lock on a data folder, held by the operating system: a second process is refused, and it ends with the process that holds it, however that dies.
/// </summary>
public sealed class DataFolderLock : IDisposable
{
    private const string ServingFile = "serve.lock";
    private const string WritingFile = "write.lock";
    // How Linux, macOS and Windows say that another has the file: EWOULDBLOCK twice, and ERROR_SHARING_VIOLATION.
    private static readonly int[] s_held = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of the one process that serves from this folder.</summary>
    /// <param name="dataFolder">The data folder; made when it is absent.</param>
    /// <returns>Null when another process has it.</returns>
    /// <exception cref="StoreException">The folder cannot be made or written to.</exception>
    public static DataFolderLock? TryTakeForServing(string dataFolder) => TryTake(dataFolder, ServingFile);

    /// <summary>Takes the lock of the one import, erasure or restore that changes the store; a serving process does not hold it.</summary>
    /// <param name="dataFolder">The data folder; made when it is absent.</param>
    /// <returns>Null when another process has it.</returns>
    /// <exception cref="StoreException">The folder cannot be made or written to.</exception>
    public static DataFolderLock? TryTakeForWriting(string dataFolder) => TryTake(dataFolder, WritingFile);

    /// <summary>Gives the lock back. The file stays: removing it would let two processes hold locks on two files of one name.</summary>
    public void Dispose() => _file.Dispose();

    private static DataFolderLock? TryTake(string dataFolder, string name)
    {
        StoreDatabase.MakeFolder(dataFolder);
        var path = Path.Combine(dataFolder, name);
        try
        {
            return new DataFolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException held) when (s_held.Contains(held.HResult))
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The data folder {dataFolder} cannot be written to.", exception);
        }
    }
}
