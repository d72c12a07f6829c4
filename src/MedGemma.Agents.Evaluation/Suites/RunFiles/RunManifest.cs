namespace MedGemma.Agents.Evaluation.Suites.RunFiles;

/// <summary>The first line of a run file: what was run on what, with what.</summary>
/// <param name="Format">Version of the file's shape; <see cref="CurrentFormat"/>.</param>
/// <param name="Conditions">What was measured on.</param>
/// <param name="Subject">What was measured.</param>
/// <param name="Versions">Versions of the program and of the generator.</param>
/// <param name="Items">Number of items.</param>
public sealed record RunManifest(int Format, RunConditions Conditions, RunSubject Subject, IReadOnlyDictionary<string, string> Versions, int Items)
{
    /// <summary>The shape that this program writes and reads.</summary>
    public const int CurrentFormat = 1;
}
