using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Building;

/// <summary>What an encounter lends to its resources.</summary>
/// <param name="Start">The interval in which it began, or null.</param>
/// <param name="StartText">Its start as recorded, or null.</param>
/// <param name="IsIcuStay">Whether it is an intensive care stay.</param>
internal readonly record struct EncounterFacts(TimeInterval? Start, string? StartText, bool IsIcuStay);
