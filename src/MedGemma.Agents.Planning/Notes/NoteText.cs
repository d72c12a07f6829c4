using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Notes;

/// <summary>One free text of the record, ready to be searched and read.</summary>
/// <param name="ValueIndex">Index of its value in the result of the query that found it.</param>
/// <param name="Text">The text through <see cref="Writing.DisplayText.Neutralize"/>: offsets are those of the text as recorded.</param>
/// <param name="Title">What the record calls the document; others' words, shown to people only.</param>
/// <param name="Time">Its clinical time as recorded, or null.</param>
/// <param name="Evidence">Where it stands.</param>
/// <param name="Derivation">How the text was decoded, or null when it stands as it is.</param>
public sealed record NoteText(int ValueIndex, string Text, string Title, string? Time, Evidence Evidence, Derivation? Derivation);
