namespace MedGemma.Agents.Planning.Answers;

/// <summary>An agent as it was in a turn.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hash">SHA-256 of its files.</param>
/// <param name="ModelKey">Key of its model in the configuration.</param>
/// <param name="ModelId">Name of the model, as its server gives it, or null.</param>
/// <param name="ModelFile">What tells the model's files from others: name, length and hashes as the process that answered says them, or what a server says of itself; null where nothing is said.</param>
/// <param name="Adapter">Name of the LoRA adapter, or null.</param>
/// <param name="Temperature">0 is greedy.</param>
/// <param name="Seed">Seed of the sampling.</param>
/// <param name="Thinking">Whether the model may think before it answers.</param>
public sealed record AgentWork(string Name, string Hash, string ModelKey, string? ModelId, string? ModelFile, string? Adapter, float Temperature, long Seed, bool Thinking);
