using MedGemma.Agents.Evaluation.Statistics;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;

/// <summary>What an answerer that reads nothing reaches on the same questions by the same scorer.</summary>
/// <param name="Name">What it always says.</param>
/// <param name="Accuracy">Share of right answers.</param>
internal sealed record FloorSummary(string Name, Proportion Accuracy);
