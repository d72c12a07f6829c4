namespace MedGemma.Agents.Evaluation.Suites;

/// <summary>Tokens that a model read and wrote for one item.</summary>
/// <param name="Input">Tokens of the prompts, over all calls.</param>
/// <param name="Output">Tokens written, thinking included.</param>
/// <param name="Calls">Calls of the model.</param>
public sealed record TokenCount(long Input, long Output, int Calls);
