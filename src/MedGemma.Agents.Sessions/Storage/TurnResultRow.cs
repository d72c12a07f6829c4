namespace MedGemma.Agents.Sessions.Storage;

/// <summary>What came of a turn, written once and whole.</summary>
/// <param name="Status"><c>answered</c>, <c>none_recorded</c>, <c>unsure</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="AnswerJson">The answer in the shape of <see cref="Planning.Answers.AnswerJson"/>; null when there is none.</param>
/// <param name="QueriesJson">The queries it was planned as, for follow-ups and replay; without an answer those that were planned by its end.</param>
/// <param name="Planner">Name of the planner, or null.</param>
/// <param name="RecordVersions">What is kept of the record that was read (change token, digests, versions), as JSON, or null.</param>
/// <param name="FinishedAt">When.</param>
public sealed record TurnResultRow(
    string Status,
    string? AnswerJson,
    string QueriesJson,
    string? Planner,
    string? RecordVersions,
    DateTimeOffset FinishedAt)
{
    /// <summary>What models did, in the shape of <see cref="Planning.Answers.ModelWorkJson"/>; null when no model was asked. Kept of turns without an answer too.</summary>
    public string? ModelWork { get; init; }
}
