
namespace MedGemma.Agents.Planning.Builtin.Lexicon;

/// <summary>What is done to a part of the body in everyday words, and what the procedure is called: a row of <c>operations.json</c>.</summary>
/// <param name="Parts">Words for the part.</param>
/// <param name="Removal">The procedure that takes it out, if it has a name.</param>
/// <param name="Replacement">The procedure that replaces it, if it has a name.</param>
/// <param name="Amputation">The procedure that takes it off, if it has a name.</param>
/// <param name="Surgery">What the vocabulary calls operations on it together, if it knows them.</param>
internal sealed record Operation(IReadOnlyList<string> Parts, string? Removal = null, string? Replacement = null, string? Amputation = null, string? Surgery = null);
