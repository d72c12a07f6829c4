using System.Text.Json;
using MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Scoring;

/// <summary>An answerer that reads nothing: what a run must beat to mean anything.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Status">The status it always gives.</param>
/// <param name="Values">The values it always gives.</param>
internal sealed record Floor(string Name, AnswerStatus Status, IReadOnlyList<JsonElement> Values)
{
    /// <summary>Always empty, always true, always false.</summary>
    public static IReadOnlyList<Floor> All { get; } =
    [
        new("always empty", AnswerStatus.NoneRecorded, []),
        new("always true", AnswerStatus.Answered, [JsonSerializer.SerializeToElement(true)]),
        new("always false", AnswerStatus.Answered, [JsonSerializer.SerializeToElement(false)]),
    ];

    /// <summary>What it predicts.</summary>
    /// <param name="id">Identifier of the question.</param>
    public Prediction Predict(string id) => new(id, Status, Values, null, Name, [], 0);
}
