namespace MedGemma.Agents.Records.Queries;

/// <summary>Whether there is any.</summary>
public sealed record ExistsAggregate : Aggregate;
