namespace MedGemma.Agents.Records.Queries;

/// <summary>Direction of a series: rising, falling, or steady within the spread of its values, with the least-squares slope a day.</summary>
public sealed record TrendAggregate : Aggregate;
