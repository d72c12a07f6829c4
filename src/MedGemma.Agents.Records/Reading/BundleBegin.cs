namespace MedGemma.Agents.Records.Reading;

/// <summary>A bundle starts: what follows up to its <see cref="BundleEnd"/> is to be taken or left as a whole, and shares one scope of <c>urn:uuid:</c> references.</summary>
/// <param name="Position">Where it was.</param>
public sealed record BundleBegin(ReadPosition Position) : ReadItem(Position);
