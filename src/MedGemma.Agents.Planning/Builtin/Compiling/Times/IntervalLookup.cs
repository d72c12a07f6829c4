using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Reading.Times;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Times;

/// <summary>Makes the query of the time between two events, each pinned to the one that is meant.</summary>
internal sealed class IntervalLookup(IRecordQueryEngine engine, PlannerConventions conventions)
{
    private readonly EventLookup _events = new(engine, conventions);

    /// <summary>The query, or null with the reason why there is none.</summary>
    public (RecordQuery? Query, string Reason) Find(PatientRecord record, IntervalMention interval, QueryContext context)
    {
        var isToCome = interval.IsToCome || interval is { Until: null, From.Topic.Topic.Kinds: [RecordKind.Appointment] };
        if (isToCome)
            interval = interval with { From = interval.From with { As = RecordKind.Appointment } };
        var (from, reason) = FindOne(record, interval, isToCome ? new QueryWindow(context.AsOf, null, interval.From.Text) : null, context);
        if (from is null)
            return interval.Until is { } other && IsBareStay(interval.From) && FindAround(record, interval.From, other, context) is { } stay ? stay : (null, reason);

        var isFromEnd = interval.From.Edge == EventEdge.End;
        if (interval.Until is not { } mention)
            return (new RecordQuery(from.Pinned, new TimeBetweenAggregate(FromEnd: isFromEnd)), $"\"{interval.From.Text}\" is taken for the one of {from.Time}.");

        // "From admission to discharge" is the length of one stay.
        var isUntilEnd = mention.Edge == EventEdge.End;
        if (isUntilEnd && !isFromEnd && mention.Dated is null && (mention.Concept is null ? mention.Topic is null || KindFamilies.AreStays(from.Selection.Kinds) || !KindFamilies.AreStays(mention.Topic.Topic.Kinds) : mention.Concept.Words == interval.From.Concept?.Words))
            return from.End is null ? (null, $"\"{mention.Text}\" has no recorded time.") : (new RecordQuery(from.Pinned, new ListAggregate(), ResultElement.Duration), "");

        var since = isFromEnd ? from.End : from.Start;
        var after = mention.SaysWhich && !mention.IsNext || mention.Dated is not null ? null : new QueryWindow(since?.AddTicks(1), null, mention.Text);
        var (until, missing) = _events.Find(record, after is null ? mention : mention with { Which = new EarliestAggregate() }, after, context);
        if (until is null)
            return IsBareStay(interval.From) && FindAround(record, interval.From, mention, context) is { } around ? around : (null, missing);

        if (isFromEnd == isUntilEnd && until.Resource.Key == from.Resource.Key)
            return (null, $"The record shows only one event for \"{mention.Text}\"; a time between two needs two.");

        return (isUntilEnd ? until.End : until.Start) < since
            ? (null, $"\"{mention.Text}\" is recorded before \"{interval.From.Text}\".")
            : (new RecordQuery(from.Pinned, new TimeBetweenAggregate(until.Pinned, isFromEnd, isUntilEnd)), $"\"{interval.From.Text}\" is taken for the one of {from.Time}, \"{mention.Text}\" for the one of {until.Time}.");
    }

    private static bool IsBareStay(EventMention mention) =>
        mention is { Concept: null, Dated: null, SaysWhich: false, Edge: EventEdge.Start, Topic.Topic: { Element: null, Kinds: [RecordKind.HospitalStay] } };

    /// <summary>"From admission to the operation": the stay in which it was, with the time from its beginning; null when it was in none.</summary>
    private (RecordQuery? Query, string Reason)? FindAround(PatientRecord record, EventMention stay, EventMention mention, QueryContext context)
    {
        var (until, _) = _events.Find(record, mention, null, context);
        if (until?.Start is not { } moment || _events.StayAround(record, stay, moment, context) is not { Start: { } began } from || began > moment)
            return null;

        return (new RecordQuery(from.Pinned, new TimeBetweenAggregate(until.Pinned)), $"\"{stay.Text}\" is taken for the one of {from.Time}, \"{mention.Text}\" for the one of {until.Time}.");
    }

    /// <summary>The first event must be the only one of its name, unless the question says which; "since discharge" is since the last one.</summary>
    private (FoundEvent? Event, string Reason) FindOne(PatientRecord record, IntervalMention interval, QueryWindow? stated, QueryContext context)
    {
        var mention = interval.From;
        mention = stated is null ? mention : mention with { Which = new EarliestAggregate(), SaysWhich = true };
        var isLastStay = interval.Until is null && mention.Concept is null && mention.Topic is { } topic && KindFamilies.AreStays(topic.Topic.Kinds);
        var (found, reason) = _events.Find(record, mention, stated, context);
        if (found is null || isLastStay || found.IsOnly || (mention.SaysWhich && mention.OfHowMany is null))
            return (found, reason);

        var count = engine.Run(record, new RecordQuery(found.Selection, new CountAggregate()), context);
        return count.Values is [{ Value: var value }, ..] && value.TryGetInt32(out var many) && many == (mention.OfHowMany ?? 1)
            ? (found, reason)
            : (null, $"More than one event, or another number, may be meant by \"{mention.Text}\"; say which.");
    }
}
