namespace MedGemma.Agents.Records.Units;

/// <summary>A unit reduced to base units.</summary>
/// <param name="Factor">One of this unit in base units; for a temperature scale the size of one degree in kelvin.</param>
/// <param name="Offset">Zero of a temperature scale in kelvin; zero for every other unit.</param>
/// <param name="Dimension">What it measures.</param>
/// <param name="HasMolarRatio">True for moles per mole, which is no plain ratio: HbA1c in mmol/mol is not a percentage.</param>
internal sealed record UcumUnit(Rational Factor, Rational Offset, UnitDimension Dimension, bool HasMolarRatio);
