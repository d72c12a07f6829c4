namespace MedGemma.Agents.Evaluation.Exams;

/// <summary>What an exam's file holds.</summary>
/// <param name="Questions">The questions in file order.</param>
/// <param name="LeftOut">Rows that are no question of the exam, by reason: of another subject, open-ended, with several right options.</param>
internal sealed record ExamSet(IReadOnlyList<ExamQuestion> Questions, IReadOnlyList<KeyValuePair<string, int>> LeftOut);
