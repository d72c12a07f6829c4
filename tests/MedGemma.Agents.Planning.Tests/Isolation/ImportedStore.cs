using MedGemma.Agents.Records.Importing;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Store;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Planning.Tests.Isolation;

/// <summary>A store in a folder of its own with files imported into it, and the same files read directly.</summary>
internal sealed class ImportedStore : IDisposable
{
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
        var store = new RecordStore(options, TimeProvider.System);
        await new Importer(store, options, TimeProvider.System).ImportAsync(paths, CompleteTypes.None, null, _ => { }, CancellationToken.None);
        return new ImportedStore(folder, store, await OpenFilesAsync(paths));
    }

    public static async Task<IRecordSource> OpenFilesAsync(params string[] paths) =>
        await FileRecordSource.OpenAsync(paths, CompleteTypes.None, new ResourceReaderOptions(), TimeProvider.System, CancellationToken.None);

    public void Dispose() => _folder.Delete(recursive: true);
}
