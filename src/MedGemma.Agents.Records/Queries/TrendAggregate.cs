namespace MedGemma.Agents.Records.Queries;

/// <summary>Direction of a series: rising, falling, or steady within twice the standard deviation around the line, with the least-squares slope a day.</summary>
public sealed record TrendAggregate : Aggregate;
