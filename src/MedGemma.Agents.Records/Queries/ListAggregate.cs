namespace MedGemma.Agents.Records.Queries;

/// <summary>All of them by clinical time.</summary>
/// <param name="Distinct">True lists each concept once.</param>
/// <param name="Last">Only this many of the last, at least 1, and what shares the time of the earliest of them; null is all.</param>
public sealed record ListAggregate(bool Distinct = false, int? Last = null) : Aggregate;
