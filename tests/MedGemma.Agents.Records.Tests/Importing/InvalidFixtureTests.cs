using MedGemma.Agents.Records.Tests.Testing;

namespace MedGemma.Agents.Records.Tests.Importing;

/// <summary>The cases of <c>fhir-fixtures/invalid</c> and <c>fhir-fixtures/patients</c>, as an import sees them.</summary>
public sealed class InvalidFixtureTests : IDisposable
{
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("malformed-line.ndjson", 1)]
    [InlineData("missing-id.ndjson", 1)]
    [InlineData("unknown-resource-type.ndjson", 4)]
    [InlineData("truncated-bundle.json", 1)]
    [InlineData("not-a-bundle.json", 1)]
    [InlineData("not-json.json", 1)]
    [InlineData("empty.ndjson", 1)]
    [InlineData("blank-lines.ndjson", 0)]
    [InlineData("byte-order-mark.ndjson", 0)]
    [InlineData("invalid-utf8.ndjson", 1)]
    [InlineData("cut.ndjson.gz", 1)]
    [InlineData("deep-nesting.json", 1)]
    [InlineData("duplicate-keys.ndjson", 1)]
    public async Task Each_case_is_reported_as_its_README_says(string name, int refused)
    {
        var summary = await _store.Import(null, Path.Combine(Fixtures("invalid"), name));

        Assert.Equal(refused, summary.Refused);
        Assert.All(_store.Problems, static problem => Assert.DoesNotContain('\n', problem.ToString()));
    }

    [Fact]
    public async Task The_synthetic_patients_import_without_a_problem()
    {
        var summary = await _store.Import(null, Fixtures("patients"));

        Assert.Empty(_store.Problems);
        Assert.Equal(0, summary.PatientsWithoutResource);
    }

    private static string Fixtures(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "fhir-fixtures", name);
            if (Directory.Exists(candidate))
                return candidate;
        }

        throw new DirectoryNotFoundException("fhir-fixtures is not above the tests.");
    }
}
