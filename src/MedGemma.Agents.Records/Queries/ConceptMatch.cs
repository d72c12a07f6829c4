namespace MedGemma.Agents.Records.Queries;

/// <summary>What a concept of a question was taken for in this record.</summary>
/// <param name="Asked">The words of the question.</param>
/// <param name="Taken">Names (with codes) that were taken, as they stand in the record.</param>
/// <param name="Left">Near ones that were left out.</param>
/// <param name="How">How it was matched: <c>code</c>, <c>text</c>, <c>synonym</c>, <c>class</c>, <c>prefix</c>, <c>fuzzy</c>, or <c>none</c>.</param>
/// <param name="Ambiguous">True when the words could mean different things of this record and none is the better one.</param>
public sealed record ConceptMatch(string Asked, IReadOnlyList<string> Taken, IReadOnlyList<string> Left, string How, bool Ambiguous);
