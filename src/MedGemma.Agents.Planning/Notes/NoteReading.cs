using MedGemma.Agents.Planning.Notes.Extraction;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Notes;

/// <summary>What came of reading notes.</summary>
/// <param name="Result">The query that listed the notes, with every text that was searched: a reading is as complete as its receipt.</param>
/// <param name="Passages">Passages of the notes that were searched.</param>
/// <param name="Read">Passages that were given to the extractor, best first.</param>
/// <param name="Findings">Findings whose quotes stand in the notes.</param>
/// <param name="Refused">How many findings were refused, by reason.</param>
/// <param name="Problem">Why nothing was extracted, or null.</param>
public sealed record NoteReading(
    QueryResult Result,
    int Passages,
    IReadOnlyList<NoteChunk> Read,
    IReadOnlyList<NoteFinding> Findings,
    IReadOnlyDictionary<FindingRefusal, int> Refused,
    NoteExtractionProblem? Problem)
{
    /// <summary>False when a part of the search for passages could not be made, so that some may be missing which it would have found.</summary>
    public bool IsSearchWhole { get; init; } = true;
}
