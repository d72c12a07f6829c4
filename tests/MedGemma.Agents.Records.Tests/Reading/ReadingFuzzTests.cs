using System.Text;
using CsCheck;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Tests.Testing;

namespace MedGemma.Agents.Records.Tests.Reading;

/// <summary>Damaged input must end in items and problems, never in an exception, and never in a resource that was not there.</summary>
public sealed class ReadingFuzzTests : IDisposable
{
    private const string Bundle = """
        {"resourceType":"Bundle","type":"transaction","entry":[
         {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"p1","name":[{"family":"Ünal \ud83d\ude00"}]},"request":{"method":"POST","url":"Patient"}},
         {"fullUrl":"urn:uuid:2","resource":{"resourceType":"Observation","id":"o1","subject":{"reference":"urn:uuid:1"},"valueQuantity":{"value":1.50}}}]}
        """;

    private const string Lines = """
        {"resourceType":"Patient","id":"p1"}
        {"resourceType":"Observation","id":"o1","subject":{"reference":"Patient/p1"},"meta":{"versionId":"1","lastUpdated":"2020-01-01T00:00:00Z"}}

        {"resourceType":"Binary","id":"b1","securityContext":{"reference":"Patient/p1"},"data":"AAAA"}
        """;

    /// <summary>How long <c>MEDGEMMA_SOAK</c> makes the search for new damage.</summary>
    private const int SoakSeconds = 120;

    /// <summary>Seeds that once found something, and the first that was ever run; CsCheck prints the one of a failure.</summary>
    private static readonly string[] Seeds = ["0000000000000", "6JBzYZhHA6s3"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Damaged_input_ends_in_items_never_in_an_exception()
    {
        foreach (var seed in Seeds)
            Damage.Sample(Check, seed: seed, iter: 1_000, threads: 1);
        if (Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is null)
            Damage.Sample(Check, iter: 2_000, threads: 1);
        else
            Damage.Sample(Check, time: SoakSeconds, threads: 1);
    }

    private static Gen<(bool IsBundle, bool IsZipped, (int At, int Kind, byte With)[] Steps)> Damage { get; } =
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 3], Gen.Byte).Array[1, 6]);

    private void Check((bool IsBundle, bool IsZipped, (int At, int Kind, byte With)[] Steps) damage)
    {
        var text = damage.IsBundle ? Bundle : Lines;
        var bytes = damage.IsZipped ? TemporaryFolder.Gzip(text) : Encoding.UTF8.GetBytes(text);
        foreach (var (at, kind, with) in damage.Steps)
        {
            if (bytes.Length == 0)
                break;

            var index = at % bytes.Length;
            bytes = kind switch
            {
                0 => [.. bytes[..index], with, .. bytes[(index + 1)..]],
                1 => bytes[..index],
                2 => [.. bytes[..index], with, .. bytes[index..]],
                _ => [.. bytes[..index], .. bytes[..index], .. bytes[index..]],
            };
        }

        var path = _folder.Write(damage.IsBundle ? "f.json" : "f.ndjson", bytes);
        var open = 0;
        foreach (var item in new ResourceReader(new ResourceReaderOptions { MaxResourceBytes = 4096 }).Read(ResourceFiles.Find([path]), CancellationToken.None))
        {
            open += item is BundleBegin ? 1 : item is BundleEnd ? -1 : 0;
            Assert.InRange(open, 0, 1);
            if (item is ReadResource { Resource: var resource })
            {
                Assert.Contains(resource.Key.Type, (IReadOnlySet<string>)ResourceTypes.All);
                Assert.True(resource.Key.Id.Length is > 0 and <= 128);
                using var document = System.Text.Json.JsonDocument.Parse(resource.Json);
            }
        }

        Assert.Equal(0, open);
    }
}
