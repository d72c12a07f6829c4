using MedGemma.Agents.Planning.Notes.Extraction;

namespace MedGemma.Agents.Planning.Notes;

/// <summary>Something that a note says, with the words in which it says it.</summary>
/// <param name="Id">Its name within the turn: <c>n1</c>, <c>n2</c>.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Assertion">Whether the note says that it is so.</param>
/// <param name="Section">The part of the note.</param>
/// <param name="Note">The note.</param>
/// <param name="Start">Offset of the quote in the note's text.</param>
/// <param name="Length">Length of the quote.</param>
public sealed record NoteFinding(string Id, NoteFindingKind Kind, NoteAssertion Assertion, NoteSection Section, NoteText Note, int Start, int Length)
{
    /// <summary>The words of the note.</summary>
    public string Quote => Note.Text.Substring(Start, Length);
}
