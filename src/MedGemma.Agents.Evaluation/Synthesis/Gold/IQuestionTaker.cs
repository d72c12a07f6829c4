namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Takes the questions that are written about one patient, in their order.</summary>
internal interface IQuestionTaker
{
    void Take(QuestionDraft draft);
}
