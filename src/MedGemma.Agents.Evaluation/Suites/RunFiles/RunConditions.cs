namespace MedGemma.Agents.Evaluation.Suites.RunFiles;

/// <summary>What a run was measured on and how it was scored. Two runs can be compared only when all of it is the same.</summary>
/// <param name="Suite">Name of the suite.</param>
/// <param name="Score">Which figure is its score.</param>
/// <param name="Questions">SHA-256 of the questions with their gold, lower-case hexadecimal.</param>
/// <param name="Data">SHA-256 of the records asked, lower-case hexadecimal; of nothing where there are none.</param>
/// <param name="Fault">The fault injected, <c>none</c> for a plain run.</param>
/// <param name="Settings">What else decides what is right: conventions, zone, split.</param>
public sealed record RunConditions(
    string Suite, ScoreKind Score, string Questions, string Data, string Fault, IReadOnlyDictionary<string, string> Settings);
