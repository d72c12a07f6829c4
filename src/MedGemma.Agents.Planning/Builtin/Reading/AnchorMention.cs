namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>A window stated by an event: "during the last hospital stay", "before the appendectomy".</summary>
/// <param name="Relation">How the window lies to the event.</param>
/// <param name="Topic">What kind of event, or null.</param>
/// <param name="Concept">Which event, or null.</param>
/// <param name="First">True for the first such event, false for the last.</param>
/// <param name="Text">As written.</param>
internal sealed record AnchorMention(AnchorRelation Relation, TopicMention? Topic, ConceptMention? Concept, bool First, string Text);
