using MedGemma.Agents.Evaluation.QuestionAnswering.Scoring;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Statistics;

/// <summary>How far the evidence of the answers is the gold evidence, pooled over the questions that give any.</summary>
/// <param name="Questions">Questions with gold evidence.</param>
/// <param name="Shared">References that both name.</param>
/// <param name="Predicted">References that the answers name.</param>
/// <param name="Gold">References that the gold names.</param>
internal sealed record EvidenceOverlap(int Questions, int Shared, int Predicted, int Gold)
{
    /// <summary>Share of the named references that are gold; null when none was named.</summary>
    public double? Precision => Predicted == 0 ? null : (double)Shared / Predicted;

    /// <summary>Share of the gold references that were named; null when the gold names none.</summary>
    public double? Recall => Gold == 0 ? null : (double)Shared / Gold;

    /// <summary>Compares the evidence of every question that has gold evidence.</summary>
    /// <param name="questions">The scored questions.</param>
    /// <returns>Null when none has gold evidence.</returns>
    public static EvidenceOverlap? Of(IEnumerable<ScoredQuestion> questions)
    {
        var overlap = new EvidenceOverlap(0, 0, 0, 0);
        foreach (var question in questions)
        {
            if (question.Question.Gold?.Evidence is not { } gold)
                continue;

            var named = question.Prediction.Evidence.ToHashSet(StringComparer.Ordinal);
            overlap = new EvidenceOverlap(
                overlap.Questions + 1,
                overlap.Shared + named.Count(gold.Contains),
                overlap.Predicted + named.Count,
                overlap.Gold + gold.Count);
        }

        return overlap.Questions == 0 ? null : overlap;
    }
}
