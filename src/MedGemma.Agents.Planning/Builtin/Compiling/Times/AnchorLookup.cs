using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Compiling.Visits;
using MedGemma.Agents.Planning.Builtin.Reading.Times;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Times;

/// <summary>Finds the event that a window hangs on and makes the window.</summary>
internal sealed class AnchorLookup(IRecordQueryEngine engine, PlannerConventions conventions)
{
    // What is found on admission, or at discharge, is of the first or the last day of the stay.
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    private static readonly RecordKind[] s_stays = [RecordKind.HospitalStay];

    private readonly EventLookup _events = new(engine, conventions);
    private readonly StayReasons _reasons = new(engine);

    /// <summary>The window with the kinds that it was chosen by, or null with the reason why there is none; the encounter when the window is one, whole.</summary>
    /// <param name="record">The record.</param>
    /// <param name="anchor">The event.</param>
    /// <param name="stated">What the question says of the time besides: "on their last visit until May" is the last of those until May.</param>
    /// <param name="context">Instant and zone.</param>
    public (QueryWindow? Window, IReadOnlyList<RecordKind> RestsOn, string Reason, string? Encounter) Find(PatientRecord record, AnchorMention anchor, QueryWindow? stated, QueryContext context)
    {
        if (anchor.Relation == AnchorRelation.Around)
            return FindAround(record, anchor, context);

        var (found, reason) = _events.Find(record, anchor.Event, anchor.Relation == AnchorRelation.During ? stated : null, context);
        if (found is null)
            return (null, [], reason, null);

        if (anchor.OnlyOne && !IsOnly(record, found, context))
            return (null, [], $"Several events may be meant by \"{anchor.Text}\"; say which, or when.", null);

        (QueryWindow? window, IReadOnlyList<RecordKind> others) = anchor.Until is { } until ? Between(record, anchor, found, until, context) : (Place(anchor, found, new Calendar(context.Zone, record)), []);
        return window is null
            ? (null, [], $"The event for \"{anchor.Text}\" has no recorded {(anchor.Event.Edge == EventEdge.End || anchor.Until is not null ? "end" : "time that makes it a window")}.", null)
            : (window, [.. found.RestsOn.Union(others)], $"\"{anchor.Text}\" is taken for the one of {found.Time}.",
                anchor is { Relation: AnchorRelation.During or AnchorRelation.Itself, Until: null } && found.Part is null && found.Resource.Key.Type == "Encounter" ? found.Resource.Key.ToString() : null);
    }

    /// <summary>When the event began, or null when it is not found or has no time.</summary>
    public DateTimeOffset? FindStart(PatientRecord record, AnchorMention anchor, QueryContext context) => _events.Find(record, anchor.Event, null, context).Event?.Start;

    /// <summary>The stay that was for it, or in which it was.</summary>
    private (QueryWindow? Window, IReadOnlyList<RecordKind> RestsOn, string Reason, string? Encounter) FindAround(PatientRecord record, AnchorMention anchor, QueryContext context)
    {
        var classes = StayClasses.OfAdmissions(record);
        var stays = anchor.Event.Concept is { } concept ? _reasons.Find(record, s_stays, classes, concept, null, context) : [];
        var stay = stays.Count > 0 ? new FoundEvent(stays[^1], new RecordSelection { Kinds = s_stays, Categories = classes, RestsOn = [.. anchor.Event.Concept!.Kinds] }, stays[^1].WhenText) : null;
        if (stay is null)
        {
            var (found, reason) = _events.Find(record, anchor.Event, null, context);
            if (found?.Start is not { } moment)
                return (null, [], reason, null);

            stay = _events.StayAround(record, null, moment, context);
            stay = stay is null ? null : stay with { Selection = stay.Selection with { RestsOn = found.RestsOn } };
        }

        return stay is null
            ? (null, [], $"The record shows no stay for \"{anchor.Text}\".", null)
            : (stay.Pinned.Window, stay.RestsOn, $"\"{anchor.Text}\" is taken for the stay of {stay.Time}.", stay.Resource.Key.ToString());
    }

    private bool IsOnly(PatientRecord record, FoundEvent found, QueryContext context) =>
        engine.Run(record, new RecordQuery(found.Selection, new CountAggregate()), context).Values is [{ Value: var count }, ..] && count.TryGetInt32(out var many) && many == 1;

    private (QueryWindow? Window, IReadOnlyList<RecordKind> RestsOn) Between(PatientRecord record, AnchorMention anchor, FoundEvent from, EventMention until, QueryContext context)
    {
        var start = anchor.Event.Edge == EventEdge.End ? from.End : from.Start;
        if (start is null)
            return (null, []);

        // "Between admission and discharge" is of one stay.
        var isSame = until.Edge == EventEdge.End && until.Concept is null && until.Dated is null && KindFamilies.AreStays(from.Selection.Kinds);
        if (isSame)
            return (from.End > start ? new QueryWindow(start, from.End, anchor.Text) : null, []);

        if (_events.Find(record, until, null, context).Event is not { } found)
            return (null, []);

        var end = until.Edge == EventEdge.End ? found.End : found.Start;
        return (end > start ? new QueryWindow(start, end, anchor.Text) : null, found.RestsOn);
    }

    private static QueryWindow? Place(AnchorMention anchor, FoundEvent found, Calendar calendar)
    {
        var pivot = anchor.Event.Edge == EventEdge.End ? found.End : found.Start;
        switch (anchor.Relation)
        {
            case AnchorRelation.Itself:
                return found.Pinned.Window;
            // "Within 48 hours of the last admission" is not the whole of it.
            case AnchorRelation.During when anchor.Within is not null:
                return null;
            case AnchorRelation.During:
                return new QueryWindow(found.Start, found.End, anchor.Text);
            case AnchorRelation.Before when pivot is { } start:
                return new QueryWindow(Shift(start, -anchor.Within), start, anchor.Text);
            case AnchorRelation.After when (IsMade(anchor.Event) || IsSoonAfterAdmission(anchor) ? pivot : found.End ?? pivot) is { } end:
                return new QueryWindow(end, Shift(end, anchor.Within), anchor.Text);
            case AnchorRelation.Since when pivot is { } since:
                return new QueryWindow(since, Shift(since, anchor.Within), anchor.Text);
            // "At triage, 19 March 12:36": the minute that is said, not the day.
            case AnchorRelation.At when anchor.Event.Dated is { Window: { From: { } said, Until: { } over } dated } && over - said < s_day:
                return dated;
            case AnchorRelation.At when pivot is { } at && KindFamilies.AreStays(found.Selection.Kinds):
                return anchor.Event.Edge == EventEdge.End ? new QueryWindow(at - s_day, at.AddTicks(1), anchor.Text) : new QueryWindow(at, at + s_day, anchor.Text);
            case AnchorRelation.At when pivot is { } on:
                var day = calendar.ToLocal(on).Date;
                return new QueryWindow(calendar.ToInstant(day), calendar.ToInstant(day.AddDays(1)), anchor.Text);
            default:
                return null;
        }
    }

    // "Within two days of admission" begins with it, not with the discharge.
    private static bool IsSoonAfterAdmission(AnchorMention anchor) =>
        anchor.Within is not null && anchor.Event.Edge == EventEdge.Start && anchor.Text.Contains("admi", StringComparison.OrdinalIgnoreCase);

    // A stay without an end may be recorded as ending at the end of time.
    private static DateTimeOffset? Shift(DateTimeOffset at, TimeSpan? by) =>
        by is not { } span ? null
        : span > TimeSpan.Zero ? (at > DateTimeOffset.MaxValue - span ? DateTimeOffset.MaxValue : at + span)
        : at < DateTimeOffset.MinValue - span ? DateTimeOffset.MinValue : at + span;

    // A diagnosis or an order stands at its beginning, however long what it says lasts.
    private static bool IsMade(EventMention mention) => mention.Edge == EventEdge.Start && mention is { SaysWhich: true, Which: EarliestAggregate, Topic: null or { Topic.Name: "diagnosis" or "prescription" } };
}
