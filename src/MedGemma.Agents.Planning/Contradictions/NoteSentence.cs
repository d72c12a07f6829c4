using MedGemma.Agents.Planning.Notes;

namespace MedGemma.Agents.Planning.Contradictions;

/// <summary>A sentence or line of a note.</summary>
/// <param name="Note">The note.</param>
/// <param name="Text">Its words, of bounded length.</param>
internal sealed record NoteSentence(NoteText Note, string Text);
