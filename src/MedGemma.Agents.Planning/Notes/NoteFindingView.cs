using MedGemma.Agents.Planning.Notes.Extraction;

namespace MedGemma.Agents.Planning.Notes;

/// <summary>All that a planner or an answer writer learns of a finding: an id, words of closed vocabularies, and a day.</summary>
/// <param name="Id">By which it can be put into the answer.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Assertion">How the note asserts it.</param>
/// <param name="Section">Part of the note.</param>
/// <param name="Day">Day of the note, <c>yyyy-MM-dd</c> or as much of it as is recorded; null when it has none.</param>
public sealed record NoteFindingView(string Id, NoteFindingKind Kind, NoteAssertion Assertion, NoteSection Section, string? Day);
