namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>That a question asks how long.</summary>
/// <param name="Unit">UCUM unit that it asks for, or null: days.</param>
/// <param name="Whole">True when only completed units count: "whole days", "rounded down".</param>
/// <param name="IsOngoing">True for what lasts until now: "how long has she had", "how long ago".</param>
internal sealed record DurationAsk(string? Unit, bool Whole, bool IsOngoing);
