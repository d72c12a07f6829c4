namespace MedGemma.Agents.Records.Queries;

/// <summary>The last by clinical time; all that share the last instant.</summary>
public sealed record LatestAggregate : Aggregate;
