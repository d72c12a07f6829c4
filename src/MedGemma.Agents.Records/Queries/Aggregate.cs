using System.Text.Json.Serialization;

namespace MedGemma.Agents.Records.Queries;

/// <summary>What a query makes of the resources it selected; a closed hierarchy, told apart in JSON by <c>kind</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LatestAggregate), "latest")]
[JsonDerivedType(typeof(EarliestAggregate), "earliest")]
[JsonDerivedType(typeof(NthAggregate), "nth")]
[JsonDerivedType(typeof(ListAggregate), "list")]
[JsonDerivedType(typeof(CountAggregate), "count")]
[JsonDerivedType(typeof(ExistsAggregate), "exists")]
[JsonDerivedType(typeof(ExtremeAggregate), "extreme")]
[JsonDerivedType(typeof(StatisticAggregate), "statistic")]
[JsonDerivedType(typeof(DeltaAggregate), "delta")]
[JsonDerivedType(typeof(ChangedAggregate), "changed")]
[JsonDerivedType(typeof(TrendAggregate), "trend")]
[JsonDerivedType(typeof(TimeBetweenAggregate), "time-between")]
[JsonDerivedType(typeof(GroupAggregate), "group")]
[JsonDerivedType(typeof(CalculateAggregate), "calculate")]
public abstract record Aggregate
{
    private protected Aggregate()
    {
    }
}
