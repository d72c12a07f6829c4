using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>What a tool works on.</summary>
/// <param name="Record">The record of the session's patient.</param>
/// <param name="Question">Instant and zone of the question.</param>
/// <param name="Results">What the turn found so far; handles such as <c>r1.2</c> point into it.</param>
public sealed record RecordToolContext(PatientRecord Record, QueryContext Question, IReadOnlyList<QueryResult> Results)
{
    /// <summary>Where notes are read in this turn; null where they are not: outside the answering of a question, or without a model to extract.</summary>
    public NoteQuarantine? Notes { get; init; }
}
