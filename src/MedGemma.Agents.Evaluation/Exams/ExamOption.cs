namespace MedGemma.Agents.Evaluation.Exams;

/// <summary>One option of a multiple-choice question.</summary>
/// <param name="Letter">Its letter, from A.</param>
/// <param name="Text">Its text.</param>
internal sealed record ExamOption(char Letter, string Text);
