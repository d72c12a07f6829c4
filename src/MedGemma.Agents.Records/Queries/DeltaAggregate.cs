namespace MedGemma.Agents.Records.Queries;

/// <summary>Last value minus first, in one unit.</summary>
/// <param name="Last">Only this many of the last times, at least 2: "since the previous measurement" is 2; null is all of them.</param>
public sealed record DeltaAggregate(int? Last = null) : Aggregate;
