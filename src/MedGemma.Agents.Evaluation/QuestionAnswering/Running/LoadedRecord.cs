using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Running;

/// <summary>A record, or why it could not be had.</summary>
/// <param name="Record">The record, or null.</param>
/// <param name="Problem">Why there is none, without patient data; null when there is one.</param>
internal sealed record LoadedRecord(PatientRecord? Record, string? Problem);
