namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>That a question asks how long.</summary>
/// <param name="InDays">False when it asks for another unit than days.</param>
/// <param name="IsOngoing">True for what lasts until now: "how long has she had", "how long ago".</param>
internal sealed record DurationAsk(bool InDays, bool IsOngoing);
