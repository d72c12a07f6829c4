namespace MedGemma.Agents.Records.Queries;

/// <summary>Whether the last value is higher, or lower, than the first, in one unit. Equal values are neither.</summary>
/// <param name="Higher">True asks whether it is higher, false whether it is lower.</param>
/// <param name="Last">Only this many of the last times, at least 2: "than the one before" is 2; null is all of them.</param>
public sealed record ChangedAggregate(bool Higher, int? Last = null) : Aggregate;
