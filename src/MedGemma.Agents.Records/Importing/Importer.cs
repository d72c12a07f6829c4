using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Store;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Records.Importing;

/// <summary>
/// Brings FHIR R4 files into the embedded store. May be killed at any moment: the store then holds whole bundles and whole batches of lines, and the same import
/// run again completes it. Safe for concurrent use, but only one import at a time runs on a data folder.
/// </summary>
public sealed class Importer
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(200);
    private readonly RecordStore _store;
    private readonly StoreOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes an importer.</summary>
    /// <param name="store">The store to fill.</param>
    /// <param name="options">Its options.</param>
    /// <param name="timeProvider">The clock for rates and the import's own row.</param>
    public Importer(RecordStore store, IOptions<StoreOptions> options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        _store = store;
        _options = options.Value;
        _timeProvider = timeProvider;
    }

    /// <summary>Imports files and folders.</summary>
    /// <param name="paths">FHIR R4 Bundles, NDJSON, single resources, each also gzip, and folders of them.</param>
    /// <param name="complete">What the caller vouches for, for every patient that the files say anything about.</param>
    /// <param name="onProgress">Called now and then on the importing thread, and once at the end; or null.</param>
    /// <param name="onProblem">Called on the importing thread with each thing that was not taken; or null.</param>
    /// <param name="cancellationToken">Stops the import; what was published stays.</param>
    /// <exception cref="StoreException">The store cannot be used, or another process is changing it.</exception>
    public Task<ImportSummary> ImportAsync(
        IReadOnlyList<string> paths, CompleteTypes complete, Action<ImportProgress>? onProgress, Action<ReadProblem>? onProblem, CancellationToken cancellationToken) =>
        Task.Run(() => Import(paths, complete, onProgress, onProblem, cancellationToken), cancellationToken);

    private ImportSummary Import(
        IReadOnlyList<string> paths, CompleteTypes complete, Action<ImportProgress>? onProgress, Action<ReadProblem>? onProblem, CancellationToken cancellationToken)
    {
        using var folder = DataFolderLock.TryTakeForWriting(_store.Database.Folder)
            ?? throw new StoreException("Another import, erasure or restore is running on this data folder; wait for it to end.");
        var started = _timeProvider.GetTimestamp();
        var files = ResourceFiles.Find(paths);
        var total = files.TotalBytes;
        var supply = new Supply(files, complete);
        var reader = new ResourceReader(new ResourceReaderOptions { MaxResourceBytes = _options.MaxLineBytes });
        using var writer = new StoreWriter(_store.Database);
        var run = new ImportRun(writer, supply, onProblem, _options.BatchSize);
        var import = writer.Start(_timeProvider.GetUtcNow());
        var reported = TimeSpan.Zero;
        foreach (var item in reader.Read(files, cancellationToken))
        {
            run.Take(item);
            var elapsed = _timeProvider.GetElapsedTime(started);
            if (onProgress is null || elapsed - reported < BetweenReports)
                continue;

            reported = elapsed;
            onProgress(new ImportProgress(run.Read, run.Refused, reader.BytesRead, total, elapsed));
        }

        var proved = run.Complete();
        var summary = run.Summarise(writer.CountUnknownPatients(), _timeProvider.GetElapsedTime(started));
        writer.Finish(import, summary, proved, supply, _timeProvider.GetUtcNow());
        onProgress?.Invoke(new ImportProgress(summary.Read, summary.Refused, total, total, summary.Elapsed));
        return summary;
    }
}
