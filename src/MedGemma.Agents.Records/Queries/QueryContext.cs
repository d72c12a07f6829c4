namespace MedGemma.Agents.Records.Queries;

/// <summary>The circumstances of a question that are not part of a query.</summary>
/// <param name="AsOf">The instant of the question: nothing recorded after it exists.</param>
/// <param name="Zone">Zone in which days, months and years are whole.</param>
public sealed record QueryContext(DateTimeOffset AsOf, TimeZoneInfo Zone)
{
    /// <summary>What first, last and nth mean.</summary>
    public ResourceOrdering Ordering { get; init; } = ResourceOrdering.ByClinicalTime;
}
