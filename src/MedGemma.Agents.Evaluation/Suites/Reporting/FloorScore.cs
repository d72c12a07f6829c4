using MedGemma.Agents.Evaluation.Statistics;

namespace MedGemma.Agents.Evaluation.Suites.Reporting;

/// <summary>What an answerer that reads nothing reaches.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Score">Its score, of the same kind as the run's.</param>
public sealed record FloorScore(string Name, Proportion Score);
