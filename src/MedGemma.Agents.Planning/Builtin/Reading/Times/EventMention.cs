using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>An event that a question names to say when: "the last hospital stay", "metformin was started on 1 October 2012".</summary>
/// <param name="Topic">What kind of event, or null.</param>
/// <param name="Concept">Which event, or null.</param>
/// <param name="Which">Which of several: the first, the last, the nth.</param>
/// <param name="Edge">Its beginning or its end.</param>
/// <param name="Dated">The date that tells it from others, or null.</param>
/// <param name="Span">Its tokens.</param>
/// <param name="Text">As written.</param>
internal sealed record EventMention(
    TopicMention? Topic, ConceptMention? Concept, Aggregate Which, EventEdge Edge, TimePhrase? Dated, TokenSpan Span, string Text)
{
    /// <summary>True when the words say which of several, so that more than one is no doubt.</summary>
    public bool SaysWhich { get; init; }

    /// <summary>True when a verb says that it began: "was started".</summary>
    public bool Begins { get; init; }

    /// <summary>True for one that comes after another event: "the next admission".</summary>
    public bool IsNext { get; init; }

    /// <summary>The kind that is meant where the words may stand for several ("until the colonoscopy" is until the one that is booked), or null.</summary>
    public RecordKind? As { get; init; }

    /// <summary>How many there must be of it ("between the two"), or null.</summary>
    public int? OfHowMany { get; init; }

    /// <summary>A word of what happened that is not understood ("was put up"), or null; such an event is not looked up.</summary>
    public string? Unread { get; init; }
}
