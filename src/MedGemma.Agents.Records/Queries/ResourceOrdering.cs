using System.Collections.Immutable;

namespace MedGemma.Agents.Records.Queries;

/// <summary>How matches follow one another where the first, the last or the nth is asked for.</summary>
public sealed record ResourceOrdering
{
    /// <summary>By the start of their clinical time; of those that share it, all are the first or the last.</summary>
    public static ResourceOrdering ByClinicalTime { get; } = new();

    /// <summary>
    /// The element that orders a type, by type: <c>performedPeriod.start</c>. What lacks it comes before all that have it.
    /// A type that is not named is ordered by its clinical time.
    /// </summary>
    public ImmutableDictionary<string, string> Elements { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The types of which, where several share a place, only one is taken: the first or the last as the source supplied them.</summary>
    public ImmutableHashSet<string> OneOfTied { get; init; } = [];
}
