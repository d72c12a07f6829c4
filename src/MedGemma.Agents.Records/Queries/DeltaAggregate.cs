namespace MedGemma.Agents.Records.Queries;

/// <summary>Last value minus first, in one unit.</summary>
/// <param name="Last">Only this many of the last times, at least 2: "since the previous measurement" is 2; null is all of them.</param>
/// <param name="Fall">True gives by how much it fell instead: first minus last.</param>
/// <param name="Percent">True gives the difference as a percentage of the first value; there is none of a first value of zero.</param>
public sealed record DeltaAggregate(int? Last = null, bool Fall = false, bool Percent = false) : Aggregate;
