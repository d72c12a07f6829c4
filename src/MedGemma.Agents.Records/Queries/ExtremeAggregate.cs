namespace MedGemma.Agents.Records.Queries;

/// <summary>The highest or lowest value; every resource that reaches it.</summary>
/// <param name="Highest">True for the maximum, false for the minimum.</param>
public sealed record ExtremeAggregate(bool Highest) : Aggregate;
