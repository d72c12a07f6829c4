using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace MedGemma.Agents.Inference.Models.Identity;

/// <summary>
/// The SHA-256 of files of many gigabytes, computed once: each is kept in a file of its own, beside what the system says of the hashed file (<see cref="FileStamp"/>), and
/// holds as long as all of that does. Safe for concurrent use, also by several processes: of those that want the hash of one file, one computes it.
/// </summary>
/// <param name="folder">Where hashes are kept, made when it is absent; null keeps none.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it is told that hashes cannot be kept; they are computed all the same.</param>
public sealed partial class FileHashes(string? folder, TimeProvider time, ILogger logger)
{
    private const int ReadAtOnce = 1 << 20;

    /// <summary><c>EWOULDBLOCK</c>: another process holds the lock.</summary>
    private const int WouldBlock = 11;

    // A file system's clock ticks in milliseconds or seconds: what was written so lately may be written again with the same stamp.
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(200);

    /// <summary>The hash of an open file, which is read from its beginning unless its hash is known.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its path, under which the hash is kept.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>64 hexadecimal digits in lower case; null when the file was changed while it was read.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<string?> HashAsync(SafeFileHandle file, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(path);
        var full = Path.GetFullPath(path);
        var entry = Entry(full);
        using var turn = entry is null ? null : await TakeTurnAsync(entry, cancellationToken).ConfigureAwait(false);
        if (turn is not null && Known(entry!, full, FileStamp.Of(file)) is { } known)
            return known;

        var started = time.GetUtcNow();
        if (await ComputeAsync(file, cancellationToken).ConfigureAwait(false) is not { } computed)
            return null;

        if (turn is not null && computed.Stamp.Changed < (started - s_settled - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick)
            Keep(entry!, new Kept(full, computed.Stamp, computed.Sha256));
        return computed.Sha256;
    }

    private string? Entry(string path) =>
        folder is null ? null : Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 12)) + ".json");

    private static async Task<(string Sha256, FileStamp Stamp)?> ComputeAsync(SafeFileHandle file, CancellationToken cancellationToken)
    {
        var stamp = FileStamp.Of(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[ReadAtOnce];
        long at = 0;
        while (await RandomAccess.ReadAsync(file, buffer, at, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            at += read;
        }

        return at == stamp.Length && FileStamp.Of(file) == stamp ? (Convert.ToHexStringLower(hash.GetHashAndReset()), stamp) : null;
    }

    /// <summary>Waits until nobody else computes the same hash; null when hashes cannot be kept. A lock goes with its process, however that ends; its file stays.</summary>
    private async Task<FileStream?> TakeTurnAsync(string entry, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                Directory.CreateDirectory(folder!);
                return new FileStream(entry + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException held) when (held.HResult == WouldBlock)
            {
                await Task.Delay(s_retry, time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                LogNotKept(logger, folder!, refused.GetType().Name);
                return null;
            }
        }
    }

    private static string? Known(string entry, string path, FileStamp stamp)
    {
        try
        {
            return File.Exists(entry) && JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(entry)) is { Sha256.Length: 64 } kept && kept.Path == path && kept.Stamp == stamp ? kept.Sha256 : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            // No entry of ours: it is written anew.
            return null;
        }
    }

    private void Keep(string entry, Kept kept)
    {
        try
        {
            var written = $"{entry}.{Environment.ProcessId}";
            File.WriteAllBytes(written, JsonSerializer.SerializeToUtf8Bytes(kept));
            File.Move(written, entry, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            LogNotKept(logger, folder!, refused.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Hashes of model files cannot be kept in {Folder} ({Failure}): they are computed again at each start")]
    private static partial void LogNotKept(ILogger logger, string folder, string failure);

    private sealed record Kept(string Path, FileStamp Stamp, string Sha256);
}
