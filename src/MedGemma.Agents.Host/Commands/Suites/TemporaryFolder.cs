namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>A folder of one run's own, removed with all that is in it at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("medgemma-suite-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
