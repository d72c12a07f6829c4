using System.Security.Cryptography;
using System.Text.Json;

namespace MedGemma.Agents.Inference.Models;

/// <summary>
/// The SHA-256 of model files, by which a turn says what answered it. A file of 16 GB takes a while, so hashes are kept by path, length and time of change, in memory
/// and in a file. Safe for concurrent use in one process; of two processes with the same file the last to write wins, and the other computes again.
/// </summary>
public sealed class FileHashes : IDisposable
{
    private readonly string? _cache;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Dictionary<string, Known>? _known;

    /// <summary>Creates it.</summary>
    /// <param name="cache">The file in which hashes are kept; null to keep them in memory only. What is no such file is written anew.</param>
    public FileHashes(string? cache = null) => _cache = cache;

    /// <summary>The hash of a model: of its file, or of the hashes of all its files in their order.</summary>
    /// <param name="file">The model.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public async Task<string> HashAsync(ModelFile file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Shards.Count == 1)
            return await HashAsync(file.Path, cancellationToken).ConfigureAwait(false);

        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var shard in file.Shards)
            all.AppendData(Convert.FromHexString(await HashAsync(shard, cancellationToken).ConfigureAwait(false)));
        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _known ??= Load();
            var full = Path.GetFullPath(path);
            using var stream = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan | FileOptions.Asynchronous);
            var changed = File.GetLastWriteTimeUtc(full).Ticks;
            if (_known.TryGetValue(full, out var known) && known.Length == stream.Length && known.Changed == changed)
                return known.Hash;

            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
            _known[full] = new(stream.Length, changed, hash);
            Save();
            return hash;
        }
        finally
        {
            _gate.Release();
        }
    }

    private Dictionary<string, Known> Load()
    {
        try
        {
            return _cache is not null && File.Exists(_cache) ? JsonSerializer.Deserialize<Dictionary<string, Known>>(File.ReadAllText(_cache)) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private void Save()
    {
        if (_cache is null)
            return;
        if (Path.GetDirectoryName(Path.GetFullPath(_cache)) is { } folder)
            Directory.CreateDirectory(folder);
        var written = $"{_cache}.{Environment.ProcessId}";
        File.WriteAllText(written, JsonSerializer.Serialize(_known));
        File.Move(written, _cache, overwrite: true);
    }

    private sealed record Known(long Length, long Changed, string Hash);
}
