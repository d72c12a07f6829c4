namespace MedGemma.Agents.Planning.Notes.Extraction;

/// <summary>A finding as a model wrote it, not yet checked.</summary>
/// <param name="Passage">Number of the passage in the request, from 1.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Assertion">Whether the passage says that it is so.</param>
/// <param name="Quote">Words that are said to stand in the passage.</param>
public sealed record ExtractedFinding(int Passage, NoteFindingKind Kind, NoteAssertion Assertion, string Quote);
