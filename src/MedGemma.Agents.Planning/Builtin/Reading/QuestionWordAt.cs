namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>The word of a question at an index; empty where there is none, or where another reader has it.</summary>
/// <param name="index">Index of the token.</param>
internal delegate string QuestionWordAt(int index);
