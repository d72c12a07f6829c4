using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>One question line.</summary>
/// <param name="Line">Line in the question file, from 1.</param>
/// <param name="Id">Identifier of the question, unique in its file.</param>
/// <param name="Patient">Logical id of the Patient resource.</param>
/// <param name="Now">The instant at which it is asked; null when the line gives none.</param>
/// <param name="Asker">What "I" means in it.</param>
/// <param name="Template">The family it belongs to, or null.</param>
/// <param name="Text">The question.</param>
/// <param name="Gold">What is right, or null when the line does not say.</param>
internal sealed record EvaluationQuestion(
    int Line,
    string Id,
    string Patient,
    AskedAt? Now,
    AskerRole Asker,
    string? Template,
    string Text,
    GoldAnswer? Gold);
