namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>A length of time between two events, or from one until now.</summary>
/// <param name="From">The earlier event.</param>
/// <param name="Until">The later one, or null for the instant of the question.</param>
internal sealed record IntervalMention(EventMention From, EventMention? Until)
{
    /// <summary>True for the time until something that is booked.</summary>
    public bool IsToCome { get; init; }
}
