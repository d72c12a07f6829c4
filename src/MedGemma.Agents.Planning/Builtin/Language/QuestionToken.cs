namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>A run of letters or digits in a question.</summary>
/// <param name="Word">Lower-cased text.</param>
/// <param name="Start">First character in the question.</param>
/// <param name="End">Character after the last.</param>
internal readonly record struct QuestionToken(string Word, int Start, int End);
