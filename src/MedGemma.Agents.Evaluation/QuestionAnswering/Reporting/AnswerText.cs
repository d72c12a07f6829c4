using MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;

/// <summary>Gold answers and predictions in one line, for comparison by eye.</summary>
internal static class AnswerText
{
    /// <summary>The gold answer.</summary>
    /// <param name="gold">The gold answer, or null when there is none.</param>
    public static string Of(GoldAnswer? gold) => gold switch
    {
        null => "-",
        { Values: null } => Status(gold.Status),
        { Status: null, Values.Count: 0 } => "nothing",
        { Status: null } => string.Join(", ", gold.Values),
        _ => $"{Status(gold.Status)}: {string.Join(", ", gold.Values)}",
    };

    /// <summary>The prediction.</summary>
    /// <param name="prediction">The prediction.</param>
    public static string Of(Prediction prediction) => prediction.Status == AnswerStatus.Answered
        ? string.Join(", ", prediction.Values.Select(value => value.GetRawText()))
        : Status(prediction.Status);

    private static string Status(AnswerStatus? status) => status switch
    {
        AnswerStatus.Answered => "answered",
        AnswerStatus.NoneRecorded => "none recorded",
        AnswerStatus.Unsure => "unsure",
        _ => "-",
    };
}
