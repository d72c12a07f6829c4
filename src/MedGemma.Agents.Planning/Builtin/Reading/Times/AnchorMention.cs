namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>A window stated by an event: "during the last hospital stay", "before the appendectomy", "between admission and discharge".</summary>
/// <param name="Relation">How the window lies to the event.</param>
/// <param name="Event">The event.</param>
/// <param name="Text">As written, with the words of the relation.</param>
internal sealed record AnchorMention(AnchorRelation Relation, EventMention Event, string Text)
{
    /// <summary>True when the words say no single event, so that there must be only one.</summary>
    public bool OnlyOne { get; init; }

    /// <summary>The event that ends the window, or null.</summary>
    public EventMention? Until { get; init; }

    /// <summary>How long the window is at most, from the event on or up to it; null is all.</summary>
    public TimeSpan? Within { get; init; }
}
