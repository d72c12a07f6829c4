using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>What a question line says is right.</summary>
/// <param name="Status">The status that the answer must have, or null when the values alone decide.</param>
/// <param name="Values">The values as a set, or null when the status alone decides.</param>
/// <param name="Evidence">References of the resources that prove the answer, or null when the line does not say.</param>
internal sealed record GoldAnswer(AnswerStatus? Status, IReadOnlyList<GoldValue>? Values, IReadOnlySet<string>? Evidence);
