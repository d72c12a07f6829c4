using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Notes.Extraction;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>The words of a note that a claim quotes.</summary>
/// <param name="ValueIndex">Index of the note in the values of the claim's result.</param>
/// <param name="Start">Offset of the first character in the note's text, in UTF-16 code units.</param>
/// <param name="Length">Length in the same units.</param>
/// <param name="Text">The words; characters that a reader would not see stand as spaces.</param>
/// <param name="Kind">What the extractor took them to be about.</param>
/// <param name="Assertion">How the extractor took them to be meant.</param>
/// <param name="Section">Part of the note.</param>
public sealed record NoteQuote(int ValueIndex, int Start, int Length, string Text, NoteFindingKind Kind, NoteAssertion Assertion, NoteSection Section);
