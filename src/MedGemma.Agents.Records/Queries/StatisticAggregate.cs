namespace MedGemma.Agents.Records.Queries;

/// <summary>Mean, median or sum over values without comparators, in one unit.</summary>
/// <param name="Statistic">Which.</param>
public sealed record StatisticAggregate(Statistic Statistic) : Aggregate;
