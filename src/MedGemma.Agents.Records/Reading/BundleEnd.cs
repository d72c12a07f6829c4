namespace MedGemma.Agents.Records.Reading;

/// <summary>A bundle ended.</summary>
/// <param name="Position">Where it was.</param>
/// <param name="IsWhole">False when the input broke off inside it: nothing of it may be taken; a <see cref="ReadProblem"/> came before and says why.</param>
public sealed record BundleEnd(ReadPosition Position, bool IsWhole) : ReadItem(Position);
