namespace MedGemma.Agents.Records.Queries;

/// <summary>Last value minus first, in one unit.</summary>
public sealed record DeltaAggregate : Aggregate;
