namespace MedGemma.Agents.Records.Queries;

/// <summary>A typed question to one patient's record. It names no patient: the record it is run against is the patient.</summary>
/// <param name="Selection">Which resources.</param>
/// <param name="Aggregate">What to make of them.</param>
/// <param name="Element">Which element of each to return; null takes the kind's own (<see cref="ResultElement.Default"/>).</param>
public sealed record RecordQuery(RecordSelection Selection, Aggregate Aggregate, ResultElement Element = ResultElement.Default);
