using MedGemma.Agents.Evaluation.Synthesis.Adversarial;
using MedGemma.Agents.Evaluation.Synthesis.Output;

namespace MedGemma.Agents.Evaluation.Tests.Synthesis;

public sealed class FixtureFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_fixtures_of_the_repository_are_what_the_generator_writes()
    {
        var writer = new FixtureWriter(new() { Patients = 8, Seed = 2026, TargetResources = 480 }, FixtureFormat.Alternating);
        writer.Write(Path.Combine(_folder, "patients"), Path.Combine(_folder, "expected"), static _ => { }, TestContext.Current.CancellationToken);
        AdversarialFixtures.Write(_folder);

        var committed = Path.Combine(SyntheticPatients.RepositoryRoot, "fhir-fixtures");
        Assert.Equal(Names(committed).Where(name => name != "README.md"), Names(_folder));
        foreach (var name in Names(_folder))
            Assert.True(
                File.ReadAllBytes(Path.Combine(_folder, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(committed, name))),
                $"{name} differs from what the generator writes; run the command in fhir-fixtures/README.md");
    }

    [Fact]
    public void The_fixtures_stay_small()
    {
        var bytes = new DirectoryInfo(Path.Combine(SyntheticPatients.RepositoryRoot, "fhir-fixtures")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Assert.InRange(bytes, 1, 6_000_000);
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal);
}
