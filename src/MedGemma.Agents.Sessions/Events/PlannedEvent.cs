namespace MedGemma.Agents.Sessions.Events;

/// <summary>The question was planned.</summary>
/// <param name="QueriesJson">The queries as a JSON array.</param>
[GenerateSerializer]
[Immutable]
[Alias("medgemma.planned-event")]
public sealed record PlannedEvent([property: Id(0)] string QueriesJson) : SessionEvent;
