namespace MedGemma.Agents.Records.Reading;

/// <summary>One thing that a reader came upon. Closed: <see cref="ReadResource"/>, <see cref="ReadProblem"/>, <see cref="BundleBegin"/>, <see cref="BundleEnd"/>.</summary>
/// <param name="Position">Where it was.</param>
public abstract record ReadItem(ReadPosition Position);
