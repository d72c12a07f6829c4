using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>One thing that a selection can match: a resource, or a part of one that is counted by itself (a component, a care unit).</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Part">Index of the component, location, member, contact or disease; -1 for the whole resource.</param>
/// <param name="Span">What must share a moment with a window: the start of an event, the whole of a state; null when no time is recorded.</param>
/// <param name="TimeText">The start of its clinical time as recorded, or null.</param>
internal sealed record Finding(RecordResource Resource, int Part, TimeInterval? Span, string? TimeText)
{
    /// <summary>The stay that it came soon after, where that is why it was taken; part of its proof.</summary>
    public Finding? Follows { get; init; }

    /// <summary>First moment of its time for ordering; null sorts last.</summary>
    public DateTimeOffset? Start => Span?.Start;
}
