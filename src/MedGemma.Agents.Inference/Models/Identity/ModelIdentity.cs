using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace MedGemma.Agents.Inference.Models.Identity;

/// <summary>
/// The files that the engine of this process has loaded. They are opened before it loads them and hashed in the background afterwards, so that a start waits for nothing; a file
/// that another one was put in the place of meanwhile, or that was written to, stays unhashed: no hash is better than that of another file. Safe for concurrent use.
/// </summary>
public sealed partial class ModelIdentity : IAsyncDisposable
{
    private readonly List<OpenFile> _files;
    private readonly CancellationTokenSource _end = new();

    private ModelIdentity(List<OpenFile> files) => _files = files;

    /// <summary>What is known of the files by now: weights, then the vision tower, then adapters by name.</summary>
    public IReadOnlyList<ModelFileHash> Files => [.. _files.Select(file => file.Known)];

    /// <summary>Completes when all is known that will be; it does not fail.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Opens the files of a model. To be called before the engine loads them.</summary>
    /// <param name="model">The text model.</param>
    /// <param name="vision">The vision tower, or null.</param>
    /// <param name="adapters">Adapters, paths by name.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be read.</exception>
    public static ModelIdentity Open(TextModelFile model, VisionFile? vision, IReadOnlyDictionary<string, string> adapters)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(adapters);
        var files = new List<OpenFile>();
        try
        {
            foreach (var shard in model.Shards)
                files.Add(OpenFile.Of(ModelFileKind.Weights, shard));
            if (vision is not null)
                files.Add(OpenFile.Of(ModelFileKind.Vision, vision.Path));
            foreach (var (name, path) in adapters.OrderBy(adapter => adapter.Key, StringComparer.Ordinal))
                files.Add(OpenFile.Of(ModelFileKind.Adapter, path, name));
            return new ModelIdentity(files);
        }
        catch
        {
            files.ForEach(file => file.Handle.Dispose());
            throw;
        }
    }

    /// <summary>Begins to hash the files, one after the other. To be called once, when the engine has loaded them.</summary>
    /// <param name="hashes">Where hashes are known.</param>
    /// <param name="logger">Where it is told why a file stays unhashed.</param>
    public void Begin(FileHashes hashes, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        ArgumentNullException.ThrowIfNull(logger);

        // What the paths lead to now is what the engine has loaded, if it is what they led to before.
        var changed = _files.Where(file => !file.IsInPlace()).ToHashSet();
        Completion = Task.Run(() => HashAllAsync(hashes, changed, logger));
    }

    /// <summary>What computes a request: the weights, the vision tower when the prompt holds images, and the adapter it asks for.</summary>
    /// <param name="images">Whether the prompt holds images.</param>
    /// <param name="adapter">Name of the adapter, or null.</param>
    public string Describe(bool images, string? adapter) => string.Join("; ", Files.Where(file => file.Kind switch
    {
        ModelFileKind.Weights => true,
        ModelFileKind.Vision => images,
        _ => file.Adapter == adapter,
    }));

    /// <summary>Stops hashing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(false);
        _files.ForEach(file => file.Handle.Dispose());
        _end.Dispose();
    }

    private async Task HashAllAsync(FileHashes hashes, HashSet<OpenFile> changed, ILogger logger)
    {
        foreach (var file in _files)
        {
            try
            {
                var sha256 = changed.Contains(file) ? null : await hashes.HashAsync(file.Handle, file.Path, _end.Token).ConfigureAwait(false);
                if (sha256 is null)
                    LogChanged(logger, file.Known.Name);
                else
                    LogHashed(logger, file.Known.Name, sha256);

                file.Known = file.Known with { Sha256 = sha256 };
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                LogUnhashed(logger, file.Known.Name, failed.GetType().Name);
            }

            file.Handle.Dispose();
        }
    }

    [LoggerMessage(LogLevel.Information, "SHA-256 of {File} is {Sha256}")]
    private static partial void LogHashed(ILogger logger, string file, string sha256);

    [LoggerMessage(LogLevel.Warning, "{File} was changed or replaced while it was loaded or hashed: turns will name it as unhashed until the model is loaded again")]
    private static partial void LogChanged(ILogger logger, string file);

    [LoggerMessage(LogLevel.Warning, "{File} could not be hashed ({Failure}): turns will name it as unhashed until the model is loaded again")]
    private static partial void LogUnhashed(ILogger logger, string file, string failure);

    private sealed class OpenFile(string path, SafeFileHandle handle, FileStamp stamp, ModelFileHash known)
    {
        private volatile ModelFileHash _known = known;

        public string Path => path;

        public SafeFileHandle Handle => handle;

        public ModelFileHash Known
        {
            get => _known;
            set => _known = value;
        }

        public static OpenFile Of(ModelFileKind kind, string path, string? adapter = null)
        {
            var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
            try
            {
                var stamp = FileStamp.Of(handle);
                var head = new byte[Math.Min(ModelFileHash.HeadBytes, stamp.Length)];
                var read = RandomAccess.Read(handle, head, 0);
                var known = new ModelFileHash(kind, System.IO.Path.GetFileName(path), stamp.Length, Convert.ToHexStringLower(SHA256.HashData(head.AsSpan(0, read))), Adapter: adapter);
                return new OpenFile(path, handle, stamp, known);
            }
            catch
            {
                handle.Dispose();
                throw;
            }
        }

        public bool IsInPlace()
        {
            try
            {
                return FileStamp.Of(path) == stamp && FileStamp.Of(handle) == stamp;
            }
            catch (IOException)
            {
                // There is no file any more.
                return false;
            }
        }
    }
}
