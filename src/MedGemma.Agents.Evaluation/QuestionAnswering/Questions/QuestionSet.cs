namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>What a question file holds.</summary>
/// <param name="Questions">The questions in file order.</param>
/// <param name="Malformed">The lines left out.</param>
internal sealed record QuestionSet(IReadOnlyList<EvaluationQuestion> Questions, IReadOnlyList<MalformedLine> Malformed);
