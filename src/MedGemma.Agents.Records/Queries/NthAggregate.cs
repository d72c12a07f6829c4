namespace MedGemma.Agents.Records.Queries;

/// <summary>The nth by clinical time.</summary>
/// <param name="N">1 is the first; -1 the last, -2 the one before it.</param>
public sealed record NthAggregate(int N) : Aggregate;
