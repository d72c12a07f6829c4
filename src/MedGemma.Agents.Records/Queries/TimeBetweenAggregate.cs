namespace MedGemma.Agents.Records.Queries;

/// <summary>The length of time from the first of the selection to the first of another at or after it; to the instant of the question when there is no other. In days, unless the query has another unit.</summary>
/// <param name="Until">The other selection, or null.</param>
/// <param name="FromEnd">True when the time counts from the end of the first: from a discharge.</param>
/// <param name="UntilEnd">True when it counts to the end of the other.</param>
public sealed record TimeBetweenAggregate(RecordSelection? Until = null, bool FromEnd = false, bool UntilEnd = false) : Aggregate;
