namespace MedGemma.Agents.Records.Queries;

/// <summary>Days from the first of the selection to the first of another at or after it; to the instant of the question when there is no other.</summary>
/// <param name="Until">The other selection, or null.</param>
public sealed record TimeBetweenAggregate(RecordSelection? Until = null) : Aggregate;
