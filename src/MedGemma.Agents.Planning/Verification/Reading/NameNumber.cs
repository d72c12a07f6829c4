namespace MedGemma.Agents.Planning.Verification.Reading;

/// <summary>A number that stands in a name: the 9 of "PHQ-9 total score", the 500 of "Metformin 500 MG Oral Tablet".</summary>
/// <param name="Value">The number.</param>
/// <param name="Unit">The unit behind it, canonical, or null.</param>
/// <param name="Before">The word before it in the name, without its ending, or null.</param>
/// <param name="After">The word after it and its unit, without its ending, or null.</param>
internal sealed record NameNumber(decimal Value, string? Unit, string? Before, string? After);
