namespace MedGemma.Agents.Sessions.Events;

/// <summary>The turn is stored; always the last event.</summary>
/// <param name="Turn">Number of the turn.</param>
/// <param name="AnswerJson">The answer, byte for byte as stored.</param>
/// <param name="Replayed">True when the turn had been stored before, under the same idempotency key.</param>
[GenerateSerializer]
[Immutable]
[Alias("medgemma.answered-event")]
public sealed record AnsweredEvent(
    [property: Id(0)] int Turn,
    [property: Id(1)] string AnswerJson,
    [property: Id(2)] bool Replayed) : SessionEvent;
