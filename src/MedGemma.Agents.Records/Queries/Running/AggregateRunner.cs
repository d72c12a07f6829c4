using System.Diagnostics;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Runs an aggregate on findings.</summary>
internal static class AggregateRunner
{
    /// <summary>Runs the aggregate; <paramref name="later"/> is what the other selection of a time-between matched.</summary>
    public static AggregateOutcome Run(QueryRun run, Aggregate aggregate, IReadOnlyList<Finding> findings, IReadOnlyList<Finding>? later) => aggregate switch
    {
        LatestAggregate => ChoosingAggregates.Latest(run, findings),
        EarliestAggregate => ChoosingAggregates.Earliest(run, findings),
        NthAggregate nth => ChoosingAggregates.Nth(run, nth, findings),
        ListAggregate list => ChoosingAggregates.List(run, list, findings),
        CountAggregate count => CountingAggregates.Count(run, count, findings),
        ExistsAggregate => CountingAggregates.Exists(findings),
        ExtremeAggregate extreme => NumericAggregates.Extreme(run, extreme, findings),
        StatisticAggregate statistic => NumericAggregates.Statistic(run, statistic, findings),
        DeltaAggregate delta => NumericAggregates.Delta(run, delta, findings),
        ChangedAggregate changed => NumericAggregates.Changed(run, changed, findings),
        TrendAggregate => NumericAggregates.Trend(run, findings),
        TimeBetweenAggregate between => TimeBetween.Run(run, between, findings, later),
        GroupAggregate group => Grouping.Run(run, group, findings, static (inner, each, members) => Run(inner, each, members, later: null)),
        CalculateAggregate => AggregateOutcome.Failed("invalid-query", "A formula is calculated over the whole record, not for groups of it."),
        _ => throw new UnreachableException(),
    };
}
