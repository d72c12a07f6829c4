namespace MedGemma.Agents.Sessions.Events;

/// <summary>A query was run.</summary>
/// <param name="ResultJson">The query with its outcome, as in an answer.</param>
[GenerateSerializer]
[Immutable]
[Alias("medgemma.queried-event")]
public sealed record QueriedEvent([property: Id(0)] string ResultJson) : SessionEvent;
