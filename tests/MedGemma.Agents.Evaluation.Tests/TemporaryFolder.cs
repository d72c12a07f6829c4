namespace MedGemma.Agents.Evaluation.Tests;

/// <summary>A folder that leaves with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("medgemma-evaluation-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
