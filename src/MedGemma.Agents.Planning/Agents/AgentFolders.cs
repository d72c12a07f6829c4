namespace MedGemma.Agents.Planning.Agents;

/// <summary>Where agents are looked for.</summary>
/// <param name="Folders">Folders with one folder an agent; an agent of a later one replaces the whole agent of the same name. Folders that are not there are left out.</param>
public sealed record AgentFolders(IReadOnlyList<string> Folders);
