namespace MedGemma.Agents.Records.Queries;

/// <summary>Another aggregate for each group.</summary>
/// <param name="By">What to group by.</param>
/// <param name="Each">What to make of each group; never itself a group.</param>
public sealed record GroupAggregate(GroupKey By, Aggregate Each) : Aggregate;
