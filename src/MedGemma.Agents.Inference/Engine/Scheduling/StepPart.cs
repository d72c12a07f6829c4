namespace MedGemma.Agents.Inference.Engine.Scheduling;

/// <summary>What one step computes of one sequence.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Count">Tokens of it, from its first pending one.</param>
/// <param name="OutputAt">The place in the batch after which the next token is chosen; null when more of it is pending.</param>
internal readonly record struct StepPart(GenerationSequence Sequence, int Count, int? OutputAt);
