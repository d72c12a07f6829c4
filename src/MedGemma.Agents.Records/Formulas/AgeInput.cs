namespace MedGemma.Agents.Records.Formulas;

/// <summary>Age in completed years at the instant that the formula is for.</summary>
public sealed record AgeInput() : FormulaInput("age");
