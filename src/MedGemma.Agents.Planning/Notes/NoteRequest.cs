using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Notes;

/// <summary>What is looked for in the notes of the session's patient. It names no patient, and none can be named in it: the record is the patient's.</summary>
/// <param name="Topic">What is looked for, in the words of the question.</param>
/// <param name="Window">When the notes are from; null is all time up to the question.</param>
/// <param name="Sections">Parts of notes to read; empty reads all.</param>
/// <param name="MostPassages">Most passages that are read, 1 to 32.</param>
public sealed record NoteRequest(string Topic, QueryWindow? Window, IReadOnlyList<NoteSection> Sections, int MostPassages = 8);
