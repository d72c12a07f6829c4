namespace MedGemma.Agents.Evaluation.Suites.RunFiles;

/// <summary>What was measured.</summary>
/// <param name="Planner">Name of the planner or agent.</param>
/// <param name="Model">Identifier of the model; null when none was used.</param>
/// <param name="Agents">SHA-256 of each agent's files by agent name.</param>
/// <param name="Settings">What else can change the answers: prompt, thinking, token limits, quantisation.</param>
public sealed record RunSubject(string Planner, string? Model, IReadOnlyDictionary<string, string> Agents, IReadOnlyDictionary<string, string> Settings);
