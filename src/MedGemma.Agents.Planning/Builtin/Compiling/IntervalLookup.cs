using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>Makes the query of the time between two events, each pinned to the one that is meant.</summary>
internal sealed class IntervalLookup(IRecordQueryEngine engine, PlannerConventions conventions)
{
    private readonly EventLookup _events = new(engine, conventions);

    /// <summary>The query, or null with the reason why there is none.</summary>
    public (RecordQuery? Query, string Reason) Find(PatientRecord record, IntervalMention interval, QueryContext context)
    {
        var (from, reason) = FindOne(record, interval.From, null, context);
        if (from is null)
            return (null, reason);

        if (interval.Until is not { } mention)
        {
            return interval.From.Edge == EventEdge.Start
                ? (new RecordQuery(from.Pinned, new TimeBetweenAggregate()), $"\"{interval.From.Text}\" is taken for the one of {from.Time}.")
                : (null, $"The time since the end of \"{interval.From.Text}\" is not computed; ask when it ended.");
        }

        // "From admission to discharge" is the length of one stay.
        if (mention.Edge == EventEdge.End && interval.From.Edge == EventEdge.Start && mention.Dated is null && (mention.Concept is null || mention.Concept.Words == interval.From.Concept?.Words))
            return from.End is null ? (null, $"\"{mention.Text}\" has no recorded time.") : (new RecordQuery(from.Pinned, new ListAggregate(), ResultElement.Duration), "");

        if (mention.Edge == EventEdge.End || interval.From.Edge == EventEdge.End)
            return (null, "The time from or to an end is not computed; ask for the two dates.");

        var after = mention.SaysWhich && !mention.IsNext || mention.Dated is not null ? null : new QueryWindow(from.Start?.AddTicks(1), null, mention.Text);
        var (until, missing) = _events.Find(record, after is null ? mention : mention with { Which = new EarliestAggregate() }, after, context);
        if (until is null)
            return (null, missing);

        return until.Start < from.Start
            ? (null, $"\"{mention.Text}\" is recorded before \"{interval.From.Text}\".")
            : (new RecordQuery(from.Pinned, new TimeBetweenAggregate(until.Pinned)), $"\"{interval.From.Text}\" is taken for the one of {from.Time}, \"{mention.Text}\" for the one of {until.Time}.");
    }

    /// <summary>The first event must be the only one of its name, unless the question says which.</summary>
    private (FoundEvent? Event, string Reason) FindOne(PatientRecord record, EventMention mention, QueryWindow? stated, QueryContext context)
    {
        var (found, reason) = _events.Find(record, mention, stated, context);
        if (found is null || (mention.SaysWhich && mention.OfHowMany is null))
            return (found, reason);

        var count = engine.Run(record, new RecordQuery(found.Selection, new CountAggregate()), context);
        return count.Values is [{ Value: var value }, ..] && value.TryGetInt32(out var many) && many == (mention.OfHowMany ?? 1)
            ? (found, reason)
            : (null, $"More than one event, or another number, may be meant by \"{mention.Text}\"; say which.");
    }
}
