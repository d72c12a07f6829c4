using MedGemma.Agents.Planning.Notes.Extraction;

namespace MedGemma.Agents.Planning.Notes;

/// <summary>What a planner or an answer writer learns of a reading. It holds no text of any note.</summary>
/// <param name="Findings">The findings.</param>
/// <param name="Passages">Passages that were searched.</param>
/// <param name="Read">Passages that were read.</param>
/// <param name="Refused">Findings that were refused.</param>
/// <param name="Unread">Documents that could not be read, wholly or in part.</param>
/// <param name="IsComplete">Whether the record proves that no note is missing.</param>
/// <param name="Problem">Why nothing was extracted, or null.</param>
public sealed record NoteReadingView(IReadOnlyList<NoteFindingView> Findings, int Passages, int Read, int Refused, int Unread, bool IsComplete, NoteExtractionProblem? Problem)
{
    /// <summary>False when a part of the search for passages could not be made.</summary>
    public bool IsSearchWhole { get; init; } = true;
}
