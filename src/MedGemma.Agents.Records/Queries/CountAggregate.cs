namespace MedGemma.Agents.Records.Queries;

/// <summary>How many.</summary>
/// <param name="Distinct">False counts resources, true counts distinct concepts; the other count is reported beside it.</param>
public sealed record CountAggregate(bool Distinct = false) : Aggregate;
