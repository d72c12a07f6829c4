namespace MedGemma.Agents.Records.Queries;

/// <summary>The first by clinical time; all that share the first instant.</summary>
public sealed record EarliestAggregate : Aggregate;
