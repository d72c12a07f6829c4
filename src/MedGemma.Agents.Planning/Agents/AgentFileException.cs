namespace MedGemma.Agents.Planning.Agents;

/// <summary>A file of an agent is missing or wrong: the program does not start with it.</summary>
/// <param name="path">The file, with a line where one is known.</param>
/// <param name="what">What is wrong, in one line.</param>
public sealed class AgentFileException(string path, string what) : Exception($"{path}: {what.ReplaceLineEndings(" ").Trim()}");
