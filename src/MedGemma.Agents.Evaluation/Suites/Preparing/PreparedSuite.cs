using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Evaluation.Suites.Preparing;

/// <summary>A suite that can be run, with the manifest of that run.</summary>
/// <param name="Suite">The suite.</param>
/// <param name="Manifest">What will be run.</param>
/// <param name="Notes">What whoever runs it must know, in lines: what was left out and why.</param>
public sealed record PreparedSuite(ISuite Suite, RunManifest Manifest, IReadOnlyList<string> Notes);
