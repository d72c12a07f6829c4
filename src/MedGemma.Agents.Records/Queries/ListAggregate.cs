namespace MedGemma.Agents.Records.Queries;

/// <summary>All of them by clinical time.</summary>
/// <param name="Distinct">True lists each concept once.</param>
public sealed record ListAggregate(bool Distinct = false) : Aggregate;
