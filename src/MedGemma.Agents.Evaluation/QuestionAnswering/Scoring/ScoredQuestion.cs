using MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Scoring;

/// <summary>A question whose gold answer is known, with what was answered.</summary>
/// <param name="Question">The question.</param>
/// <param name="Prediction">What was answered.</param>
/// <param name="IsRight">Whether it is right.</param>
internal sealed record ScoredQuestion(EvaluationQuestion Question, Prediction Prediction, bool IsRight)
{
    /// <summary>Name of the family of questions without a template.</summary>
    public const string NoTemplate = "(no template)";

    /// <summary>The family: the template's name.</summary>
    public string Family => Question.Template ?? NoTemplate;

    /// <summary>Whether it was left open.</summary>
    public bool IsAbstention => Prediction.Status == AnswerStatus.Unsure;

    /// <summary>Whether something wrong was stated: anything but <c>unsure</c> that is wrong.</summary>
    public bool IsWrongThoughSure => !IsRight && !IsAbstention;
}
