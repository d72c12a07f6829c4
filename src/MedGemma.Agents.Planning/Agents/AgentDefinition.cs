using System.Text.Json;

namespace MedGemma.Agents.Planning.Agents;

/// <summary>An agent as its files define it. Immutable but for the options, which nobody changes after reading.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="Purpose">What it is for, in a sentence.</param>
/// <param name="Model">Key of its model in the configuration.</param>
/// <param name="Adapter">Name of the LoRA adapter of that model that it is called with, or null.</param>
/// <param name="Tools">Names of the tools it may call.</param>
/// <param name="Options">How its model is called.</param>
/// <param name="Budgets">What it may use up in a turn.</param>
/// <param name="Prompt">Its prompt.</param>
/// <param name="OutputSchema">JSON Schema of what it writes, with the calls of its tools under <c>$defs/toolCall</c> where the file refers to them.</param>
/// <param name="Hash">SHA-256 of its files, in hexadecimal.</param>
public sealed record AgentDefinition(
    string Name,
    string Folder,
    string Purpose,
    string Model,
    string? Adapter,
    IReadOnlyList<string> Tools,
    AgentOptions Options,
    AgentBudgets Budgets,
    string Prompt,
    JsonElement OutputSchema,
    string Hash);
