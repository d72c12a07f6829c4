using MedGemma.Agents.Evaluation.Statistics;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;

/// <summary>Figures of one family of questions.</summary>
/// <param name="Family">The template's name.</param>
/// <param name="Right">Right answers.</param>
/// <param name="Accuracy">Share of right answers.</param>
/// <param name="Abstentions">Questions left open.</param>
/// <param name="WrongThoughSure">Wrong statements.</param>
internal sealed record FamilySummary(string Family, int Right, Proportion Accuracy, int Abstentions, int WrongThoughSure);
