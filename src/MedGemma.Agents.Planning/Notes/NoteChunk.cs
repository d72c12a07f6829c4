namespace MedGemma.Agents.Planning.Notes;

/// <summary>A passage of a note.</summary>
/// <param name="Note">The note.</param>
/// <param name="Start">Offset of its first character in the note's text.</param>
/// <param name="Length">Its length in characters.</param>
/// <param name="Section">The part of the note that it stands in.</param>
public sealed record NoteChunk(NoteText Note, int Start, int Length, NoteSection Section)
{
    /// <summary>The passage.</summary>
    public string Text => Note.Text.Substring(Start, Length);
}
