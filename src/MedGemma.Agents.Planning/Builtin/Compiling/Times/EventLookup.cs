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
        kinds = mention.As is { } kind ? [kind] : kinds.Count > 1 && mention.Topic is null && kinds.Contains(RecordKind.Procedure) ? [RecordKind.Procedure] : kinds;

        // What is only booked has not happened; "before the next appointment" names it.
        if (mention.As is null && mention.Topic?.Topic.Kinds is not [RecordKind.Appointment])
            kinds = [.. kinds.Where(kind => kind != RecordKind.Appointment)];
        if (kinds.Count == 0)
            return (null, $"It is not understood which event \"{mention.Text}\" means.");

        var classes = mention.Topic is { } topic ? StayClasses.AskedFor(record, [topic]) : [];
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
        // "After her transplant": the operation, not the clinic that is called after it.
        if (mention is { Topic: null, Concept: { } called } && KindFamilies.AreStays(kinds) && FindOperation(record, mention, selection with { Kinds = [RecordKind.Procedure], Concepts = [], Categories = [] }, context, called.Words) is { } surgery)
            return (surgery, "");

        if (mention.Concept is { } concept && KindFamilies.AreStays(kinds) && !concept.Kinds.Any(kind => KindFamilies.AreStays([kind])))
        {
            var stays = _reasons.Find(record, kinds, classes, concept, window, context);
            var stay = stays.Count == 0 ? null : mention.Which is EarliestAggregate ? stays[0] : mention.Which is LatestAggregate ? stays[^1] : null;
            return stay is null ? (null, Missing(mention)) : (new FoundEvent(stay, selection with { Concepts = [], RestsOn = [.. concept.Kinds] }, stay.WhenText) { IsOnly = stays.Count == 1 }, "");
        }

        // "The discharge on 27 June 2023": the date is that of the end; so is "the discharge after the operation".
        if (mention.Edge == EventEdge.End && window is { } ended && (mention.Dated is not null || mention.Which is EarliestAggregate) && KindFamilies.AreStays(kinds) && mention.Concept is null)
        {
            var left = Recorded(record, kinds, context).Where(stay => stay.When is { Start: not null, End: { } end } && end >= ended.From && !(end >= ended.Until) && end <= context.AsOf).OrderBy(stay => stay.When!.Value.End).ToArray();
            return left.Length == 1 || (left.Length > 1 && mention.Dated is null) ? (new FoundEvent(left[0], selection with { Window = null }, left[0].WhenText) { IsOnly = left.Length == 1 }, "") : (null, Missing(mention));
        }

        // An infusion after the operation is no operation, where the record has any that is one.
        if (mention is { Concept: null, Topic.Topic.Kinds: [RecordKind.Procedure], Dated: null } && OperationNames.AreBare(mention.Text))
        {
            if (FindOperation(record, mention, selection, context) is { } operation)
                return (operation, "");
            if (window is not null && FindOperation(record, mention with { Which = new LatestAggregate() }, selection with { Window = null }, context) is not null)
                return (null, Missing(mention));
        }

        // "Her second ED visit (29 Nov 2157)": the date tells which, and the number that it has among all is not that among those of the day.
        var which = mention is { Dated: not null, Which: NthAggregate } ? new LatestAggregate() : mention.Which;
        var result = engine.Run(record, new RecordQuery(selection, which, ResultElement.Start), context);

        // "The first chemo" of a record that has the treatment as a procedure, not its drugs.
        if ((result.Outcome != QueryOutcome.Found || result.Values.Count == 0) && mention.Concept is { } treatment && Treatment(treatment.Words) is { } procedure)
        {
            selection = selection with { Kinds = [RecordKind.Procedure], Concepts = [procedure], RestsOn = [.. selection.RestsOn.Union(kinds)] };
            result = engine.Run(record, new RecordQuery(selection, which, ResultElement.Start), context);
        }

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

        // What begins after the question has not happened, whatever it is called.
        if (mention.As is null && mention.Topic?.Topic.Kinds is not [RecordKind.Appointment] && named.Start > context.AsOf)
            return (null, Missing(mention));

        // A date lasts a day, but what is dated does not end with it: an end must be recorded as one.
        return mention.Edge == EventEdge.End && engine.Run(record, new RecordQuery(named.Pinned, new LatestAggregate(), ResultElement.End), context).Outcome != QueryOutcome.Found
            ? (null, $"The record does not say when \"{mention.Text}\".")
            : (named, "");
    }

    private static string? Treatment(string words) => words.ToLowerInvariant() switch
    {
        var word when word.StartsWith("chemo", StringComparison.Ordinal) => "chemotherapy",
        var word when word.StartsWith("radioth", StringComparison.Ordinal) || word.StartsWith("radiation", StringComparison.Ordinal) => "radiotherapy",
        var word when word.StartsWith("dialysis", StringComparison.Ordinal) || word.StartsWith("haemodial", StringComparison.Ordinal) || word.StartsWith("hemodial", StringComparison.Ordinal) => "dialysis",
        var word when word.StartsWith("transfusion", StringComparison.Ordinal) => "transfusion",
        _ => null,
    };

    /// <summary>The operation among procedures of all sorts, or null when their names tell none.</summary>
    private FoundEvent? FindOperation(PatientRecord record, EventMention mention, RecordSelection selection, QueryContext context, string? called = null)
    {
        var operations = engine.Run(record, new RecordQuery(selection, new ListAggregate(), ResultElement.Name), context).Values
            .Where(value => value.Value.ValueKind == JsonValueKind.String && OperationNames.Is(value.Value.GetString()!) && (called is null || OperationNames.IsCalled(value.Value.GetString()!, called)))
            .Select(value => (Name: value.Value.GetString()!, Resource: value.Evidence.Count > 0 && record.TryFollow(value.Evidence[0].Resource.ToString(), out var resource) ? resource : null))
            .Where(one => one.Resource?.When?.Start is not null)
            .DistinctBy(one => one.Resource!.Key)
            .OrderBy(one => one.Resource!.When!.Value.Start)
            .ToArray();
        var at = mention.Which switch { EarliestAggregate => 0, NthAggregate { N: > 0 } nth => nth.N - 1, NthAggregate { N: var back } => operations.Length + back, _ => operations.Length - 1 };
        return at < 0 || at >= operations.Length ? null : new FoundEvent(operations[at].Resource!, selection with { Concepts = [operations[at].Name] }, operations[at].Resource!.WhenText) { IsOnly = true };
    }

    /// <summary>The stay that lasted at a moment, the inpatient one where the record tells them apart; or the first that ended after it; null when there is none.</summary>
    public FoundEvent? StayAround(PatientRecord record, EventMention? stay, DateTimeOffset moment, QueryContext context)
    {
        RecordKind[] kinds = [RecordKind.HospitalStay];
        var classes = StayClasses.OfAdmissions(record);
        var stays = Recorded(record, kinds, context).Where(one => one.When?.Start is not null && (classes.Count == 0 || one.Categories.Any(category => category.Code is { } code && classes.Contains(code)))).OrderBy(one => one.When!.Value.Start).ToArray();
        var found = stays.FirstOrDefault(one => one.When!.Value.Start <= moment && !(one.When.Value.End < moment)) ?? (stay is null ? stays.FirstOrDefault(one => !(one.When!.Value.End < moment)) : null);
        return found is null ? null : new FoundEvent(found, new RecordSelection { Kinds = kinds, Categories = classes }, found.WhenText) { IsOnly = true };
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
