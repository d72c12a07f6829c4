using MedGemma.Agents.Records.Importing;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Store;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Records.Tests.Testing;

/// <summary>A store in a folder of its own, and input files beside it.</summary>
internal sealed class StoreFixture : IDisposable
{
    public StoreFixture(int batchSize = 2000, int maxLineBytes = 64 * 1024 * 1024)
    {
        Options = Microsoft.Extensions.Options.Options.Create(new StoreOptions
        {
            DataFolder = Path.Combine(Folder.Path, "data"),
            BatchSize = batchSize,
            MaxLineBytes = maxLineBytes,
            BusyTimeoutSeconds = 5,
        });
        Store = new RecordStore(Options, TimeProvider.System);
        Maintenance = new StoreMaintenance(Store, TimeProvider.System);
    }

    public TemporaryFolder Folder { get; } = new();

    public IOptions<StoreOptions> Options { get; }

    public RecordStore Store { get; }

    public StoreMaintenance Maintenance { get; }

    public string Input => Path.Combine(Folder.Path, "in");

    public List<ReadProblem> Problems { get; } = [];

    public string StoreFile => Path.Combine(Options.Value.DataFolder, "records.db");

    public string Write(string name, string content) => Folder.Write(Path.Combine("in", name), content);

    public Task<ImportSummary> Import(CompleteTypes? complete = null, params string[] paths) =>
        new Importer(Store, Options, TimeProvider.System).ImportAsync(
            paths.Length == 0 ? [Input] : paths, complete ?? CompleteTypes.None, null, Problems.Add, TestContext.Current.CancellationToken);

    public async Task<RawRecord> Read(string patient)
    {
        var record = await Store.ReadAsync(patient, TestContext.Current.CancellationToken);
        Assert.NotNull(record);
        return record;
    }

    public static IEnumerable<string> Keys(IEnumerable<RawResource> resources) =>
        resources.Select(static resource => resource.Key.ToString()).Order(StringComparer.Ordinal);

    public void Dispose() => Folder.Dispose();
}
