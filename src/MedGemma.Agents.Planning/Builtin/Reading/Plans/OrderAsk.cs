namespace MedGemma.Agents.Planning.Builtin.Reading.Plans;

/// <summary>What is asked of orders and requests.</summary>
/// <param name="AsksPriority">True when how urgent they are is wanted.</param>
/// <param name="Priorities">Priorities that they must have, empty for any.</param>
internal sealed record OrderAsk(bool AsksPriority, IReadOnlyList<string> Priorities);
