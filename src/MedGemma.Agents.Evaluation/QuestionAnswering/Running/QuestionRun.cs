using MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;
using MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Running;

/// <summary>One question put to its patient's record.</summary>
/// <param name="Question">The question.</param>
/// <param name="Prediction">What was answered.</param>
/// <param name="RecordProblem">Why the record could not be had, or null.</param>
/// <param name="Audit">What the audit of the evidence found, or null when none was asked for.</param>
internal sealed record QuestionRun(EvaluationQuestion Question, Prediction Prediction, string? RecordProblem, AuditResult? Audit);
