namespace MedGemma.Agents.Records.Units;

/// <summary>A converted quantity.</summary>
/// <param name="Value">The value in <paramref name="Unit"/>; at most 28 significant digits.</param>
/// <param name="Unit">The unit asked for, as it was spelled.</param>
/// <param name="Factor">How the value was obtained, for people ("× 18.0156 g/mol ..."); null when both units are the same.</param>
public readonly record struct Conversion(decimal Value, string Unit, string? Factor);
