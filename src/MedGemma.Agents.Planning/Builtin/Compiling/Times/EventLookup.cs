using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Compiling.Visits;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Times;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Times;

/// <summary>Finds the event of the record that a question names.</summary>
internal sealed class EventLookup(IRecordQueryEngine engine, PlannerConventions conventions)
{
    private readonly StayReasons _reasons = new(engine);

    /// <summary>The event, or null with the reason why there is none.</summary>
    /// <param name="record">The record.</param>
    /// <param name="mention">The event.</param>
    /// <param name="stated">A window that it must lie in, or null.</param>
    /// <param name="context">Instant and zone.</param>
    public (FoundEvent? Event, string Reason) Find(PatientRecord record, EventMention mention, QueryWindow? stated, QueryContext context)
    {
        if (mention.Unread is { } unread)
            return (null, $"Not understood: \"{unread}\", of \"{mention.Text}\".");

        var choice = new KindChoice(conventions);
        var asked = QuestionFrame.Of(mention.Topic, mention.Concept);
        var kinds = choice.Choose(asked);

        // Who came to no emergency department arrived on the ward.
        if (mention.Topic?.Topic.Name == "arrival" && record.OfKind(RecordKind.EmergencyVisit).Length == 0)
            kinds = [RecordKind.HospitalStay];
        if (kinds.Count == 0)
            return (null, $"It is not understood which event \"{mention.Text}\" means.");

        var classes = mention.Topic is { } topic && StayClasses.AreInpatients([topic]) ? StayClasses.OfInpatients(record) : [];
        var window = mention.Dated?.Window ?? stated;
        var selection = new RecordSelection
        {
            Kinds = kinds,
            Categories = classes,
            Concepts = mention.Concept is null ? [] : mention.Concept.Names,
            Window = window,
            BeganInWindow = window is not null && KindFamilies.AreStates(kinds) && !KindFamilies.AreStays(kinds),
            // What is recorded under another kind may be the event that is meant.
            RestsOn = [.. choice.OtherwiseChosenBy(asked)],
        };
        if (mention.Concept is { } concept && KindFamilies.AreStays(kinds) && !concept.Kinds.Any(kind => KindFamilies.AreStays([kind])))
        {
            var stays = _reasons.Find(record, kinds, classes, concept, window, context);
            var stay = stays.Count == 0 ? null : mention.Which is EarliestAggregate ? stays[0] : mention.Which is LatestAggregate ? stays[^1] : null;
            return stay is null ? (null, Missing(mention)) : (new FoundEvent(stay, selection with { Concepts = [], RestsOn = [.. concept.Kinds] }, stay.WhenText), "");
        }

        // "The discharge on 27 June 2023": the date is that of the end; so is "the discharge after the operation".
        if (mention.Edge == EventEdge.End && window is { } ended && (mention.Dated is not null || mention.Which is EarliestAggregate) && KindFamilies.AreStays(kinds) && mention.Concept is null)
        {
            var left = Recorded(record, kinds, context).Where(stay => stay.When is { Start: not null, End: { } end } && end >= ended.From && !(end >= ended.Until) && end <= context.AsOf).OrderBy(stay => stay.When!.Value.End).ToArray();
            return left.Length == 1 || (left.Length > 1 && mention.Dated is null) ? (new FoundEvent(left[0], selection with { Window = null }, left[0].WhenText), "") : (null, Missing(mention));
        }

        // "Her second ED visit (29 Nov 2157)": the date tells which, and the number that it has among all is not that among those of the day.
        var which = mention is { Dated: not null, Which: NthAggregate } ? new LatestAggregate() : mention.Which;
        var result = engine.Run(record, new RecordQuery(selection, which, ResultElement.Start), context);
        if (result.Outcome != QueryOutcome.Found || result.Values.Count == 0)
            return (null, Missing(mention));

        var found = result.Values[0];
        if (found.Evidence.Count == 0 || !record.TryFollow(found.Evidence[0].Resource.ToString(), out var resource) || resource.When is null)
            return (null, $"The event for \"{mention.Text}\" has no recorded time.");

        var named = new FoundEvent(resource, selection, found.Time ?? (found.Value.ValueKind == JsonValueKind.String ? found.Value.GetString() : null));

        if (found.Evidence[0].Path.StartsWith("Encounter.location[", StringComparison.Ordinal) && RecordedAt(found) is { } entered)
        {
            named = named with { Part = new TimeInterval(entered, null) };
            named = named with { Part = new TimeInterval(entered, RecordedAt(engine.Run(record, new RecordQuery(named.Pinned, new LatestAggregate(), ResultElement.End), context).Values is [var left, ..] ? left : null)) };
        }

        // A date lasts a day, but what is dated does not end with it: an end must be recorded as one.
        return mention.Edge == EventEdge.End && engine.Run(record, new RecordQuery(named.Pinned, new LatestAggregate(), ResultElement.End), context).Outcome != QueryOutcome.Found
            ? (null, $"The record does not say when \"{mention.Text}\".")
            : (named, "");
    }

    private static DateTimeOffset? RecordedAt(ResultValue? value) =>
        value is { Value.ValueKind: JsonValueKind.String } && DateTimeOffset.TryParse(value.Value.GetString(), CultureInfo.InvariantCulture, out var moment) ? moment : null;

    /// <summary>The resources that count by the engine's rules of status and time: what was entered in error or never took place anchors nothing.</summary>
    private IEnumerable<RecordResource> Recorded(PatientRecord record, IReadOnlyList<RecordKind> kinds, QueryContext context) =>
        engine.Run(record, new RecordQuery(new RecordSelection { Kinds = kinds }, new ListAggregate(), ResultElement.Start), context).Values
            .SelectMany(value => value.Evidence)
            .Select(evidence => record.TryFollow(evidence.Resource.ToString(), out var resource) ? resource : null)
            .OfType<RecordResource>()
            .Distinct();

    private static string Missing(EventMention mention) => $"The record shows no event for \"{mention.Text}\", so the time that the question means is not known.";
}
