namespace MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;

/// <summary>A file written beside its target and renamed over it when complete. Not safe for concurrent use.</summary>
internal sealed class ReplacementFile : IAsyncDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private bool _committed;

    private ReplacementFile(string target, string temporary, FileStream stream)
    {
        _target = target;
        _temporary = temporary;
        Stream = stream;
    }

    /// <summary>What is written so far.</summary>
    public FileStream Stream { get; }

    /// <summary>Begins a file; the target stays as it is.</summary>
    /// <param name="path">The target.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static ReplacementFile Create(string path)
    {
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target))
            throw new IOException("The output path is a folder.");

        // In the target's own folder, because a rename is atomic only within one file system.
        var temporary = $"{target}.{Guid.NewGuid():N}.partial";
        return new ReplacementFile(
            target, temporary, new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, useAsync: true));
    }

    /// <summary>Writes through to the disk and takes the target's place.</summary>
    /// <param name="cancellationToken">Cancels before the file is replaced, never halfway.</param>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        Stream.Flush(flushToDisk: true);
        cancellationToken.ThrowIfCancellationRequested();
        await Stream.DisposeAsync().ConfigureAwait(false);
        File.Move(_temporary, _target, overwrite: true);
        _committed = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Stream.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            // Also when the last bytes could not be written, as on a full disk.
            if (!_committed)
                File.Delete(_temporary);
        }
    }
}
