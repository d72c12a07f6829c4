using MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Scoring;

/// <summary>
/// Decides strictly whether a prediction is right. Values count only when answered. They are compared as sets: everything
/// that the gold says must be said, and nothing else. A gold status, where given, must be met as well.
/// </summary>
/// <param name="conventions">Conventions of the data set.</param>
internal sealed class AnswerScorer(ScoringConventions conventions)
{
    /// <summary>Scores a prediction.</summary>
    /// <param name="question">The question with its gold answer.</param>
    /// <param name="prediction">The prediction.</param>
    /// <returns>Null when the question says neither which values nor which status is right.</returns>
    public bool? IsRight(EvaluationQuestion question, Prediction prediction)
    {
        if (question.Gold is not { } gold || (gold.Status is null && gold.Values is null))
            return null;

        if (gold.Status is { } status && prediction.Status != status)
            return false;

        if (gold.Values is not { } expected || (gold.Status is not null && prediction.Status != AnswerStatus.Answered))
            return true;

        if (prediction.Status == AnswerStatus.Unsure)
            return false;

        if (prediction.Status == AnswerStatus.NoneRecorded)
            return expected.Count == 0;

        var said = new List<ScalarValue>(prediction.Values.Count);
        foreach (var value in prediction.Values)
        {
            if (ScalarValue.From(value) is not { } scalar)
                return false;

            said.Add(scalar);
        }

        var alternatives = expected.Count > 1 && question.Template is { } template && conventions.AlternativeTemplates.Contains(template);
        return said.All(value => expected.Any(gold => gold.Allows(value)))
            && (alternatives ? expected.Any(gold => gold.IsSaidBy(said)) : expected.All(gold => gold.IsSaidBy(said)));
    }
}
