using MedGemma.Agents.Records.Importing;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Store;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Planning.Tests.Isolation;

/// <summary>A store in a folder of its own with files imported into it, and the same files read directly.</summary>
internal sealed class ImportedStore : IDisposable
{
    // A real clock's fractions of a second would now and then hold the very digits that must not be told.
    private static readonly FakeTimeProvider s_clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly DirectoryInfo _folder;

    private ImportedStore(DirectoryInfo folder, IRecordSource store, IRecordSource files)
    {
        _folder = folder;
        Store = store;
        Files = files;
    }

    public IRecordSource Store { get; }

    public IRecordSource Files { get; }

    public static async Task<ImportedStore> OpenAsync(params string[] paths)
    {
        var folder = Directory.CreateTempSubdirectory("medgemma-isolation-");
        var options = Options.Create(new StoreOptions { DataFolder = folder.FullName });
        var store = new RecordStore(options, s_clock);
        await new Importer(store, options, s_clock).ImportAsync(paths, CompleteTypes.None, null, _ => { }, CancellationToken.None);
        return new ImportedStore(folder, store, await OpenFilesAsync(paths));
    }

    public static async Task<IRecordSource> OpenFilesAsync(params string[] paths) =>
        await FileRecordSource.OpenAsync(paths, CompleteTypes.None, new ResourceReaderOptions(), s_clock, CancellationToken.None);

    public void Dispose() => _folder.Delete(recursive: true);
}
