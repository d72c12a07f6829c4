using MedGemma.Agents.Sessions.Grains;

namespace MedGemma.Agents.Sessions.Events;

/// <summary>There is no answer; always the last event.</summary>
/// <param name="Turn">Number of the turn, or null when none was begun.</param>
/// <param name="Problem">Why.</param>
[GenerateSerializer]
[Immutable]
[Alias("medgemma.failed-event")]
public sealed record FailedEvent([property: Id(0)] int? Turn, [property: Id(1)] SessionProblem Problem) : SessionEvent;
