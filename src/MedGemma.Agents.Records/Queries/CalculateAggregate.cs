using MedGemma.Agents.Records.Formulas;

namespace MedGemma.Agents.Records.Queries;

/// <summary>
/// A clinical formula over the record. The formula itself says what goes in, so that of the selection only the window counts: inputs are taken as of its end
/// (the instant of the question when it has none) and not from before its start.
/// </summary>
/// <param name="Formula">Which.</param>
public sealed record CalculateAggregate(FormulaName Formula) : Aggregate;
