using MedGemma.Agents.Records.Importing;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Tests.Testing;

namespace MedGemma.Agents.Records.Tests.Importing;

/// <summary>Memory is flat in the size of the input: lines, and bundles of any number of entries.</summary>
[Collection(RunsAlone.Name)]
public sealed class ImportMemoryTests : IDisposable
{
    private const long Allowed = 12 * 1024 * 1024;
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("lines.ndjson")]
    [InlineData("bundle.json")]
    public async Task An_import_holds_no_more_at_its_end_than_at_its_start(string name)
    {
        Directory.CreateDirectory(_store.Input);
        var path = Path.Combine(_store.Input, name);
        WriteResources(path, name.EndsWith(".json", StringComparison.Ordinal), 40_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        var reports = 0;

        var summary = await new Importer(_store.Store, _store.Options, TimeProvider.System).ImportAsync(
            [path],
            CompleteTypes.None,
            _ =>
            {
                reports++;
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            },
            null,
            TestContext.Current.CancellationToken);

        Assert.Equal((40_000L, 0L), (summary.Added, summary.Refused));
        Assert.True(reports > 2, "The memory was never looked at while the import ran.");
        Assert.InRange(most, long.MinValue, Allowed);
        Assert.True(new FileInfo(path).Length > 3 * Allowed, "The input is too small to show anything.");
    }

    [Fact]
    public void A_line_of_half_a_gigabyte_leaves_nothing_behind()
    {
        var path = _store.Write("huge.ndjson", "");
        using (var file = File.OpenWrite(path))
        {
            // A hole in the file: much to read that takes no disk.
            file.SetLength(1L << 29);
            file.Position = 1L << 29;
            file.Write("\n{\"resourceType\":\"Patient\",\"id\":\"a\"}\n"u8);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var kinds = new List<Type>();
        foreach (var item in new ResourceReader(new ResourceReaderOptions { MaxResourceBytes = 4 * 1024 * 1024 }).Read(ResourceFiles.Find([path]), TestContext.Current.CancellationToken))
        {
            kinds.Add(item.GetType());
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Allowed);
        }

        Assert.Equal([typeof(ReadProblem), typeof(ReadResource)], kinds);
    }

    private static void WriteResources(string path, bool isBundle, int count)
    {
        var filler = new string('x', 900);
        using var writer = new StreamWriter(path);
        if (isBundle)
            writer.Write("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
        for (var i = 0; i < count; i++)
        {
            var resource = $"{{\"resourceType\":\"Observation\",\"id\":\"o{i}\",\"subject\":{{\"reference\":\"Patient/p{i % 100}\"}},\"note\":[{{\"text\":\"{filler}\"}}]}}";
            writer.Write(isBundle ? $"{(i == 0 ? "" : ",")}{{\"fullUrl\":\"urn:uuid:{i}\",\"resource\":{resource}}}" : resource + "\n");
        }

        if (isBundle)
            writer.Write("]}");
    }
}
