namespace MedGemma.Agents.Sessions.Events;

/// <summary>A claim was verified.</summary>
/// <param name="ClaimJson">The claim with its verdict, as in an answer.</param>
[GenerateSerializer]
[Immutable]
[Alias("medgemma.claimed-event")]
public sealed record ClaimedEvent([property: Id(0)] string ClaimJson) : SessionEvent;
