namespace MedGemma.Agents.Evaluation.Suites.RunFiles;

/// <summary>A complete run.</summary>
/// <param name="Manifest">What was run.</param>
/// <param name="Results">One result an item, in the order of the suite.</param>
public sealed record Run(RunManifest Manifest, IReadOnlyList<ItemResult> Results);
