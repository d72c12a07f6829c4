using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>Finds the event that a window hangs on and makes the window.</summary>
internal sealed class AnchorLookup(IRecordQueryEngine engine, PlannerConventions conventions)
{
    /// <summary>The window, or null with the reason why there is none.</summary>
    /// <param name="record">The record.</param>
    /// <param name="anchor">The event.</param>
    /// <param name="stated">What the question says of the time besides: "on their last visit until May" is the last of those until May.</param>
    /// <param name="context">Instant and zone.</param>
    public (QueryWindow? Window, string Reason) Find(PatientRecord record, AnchorMention anchor, QueryWindow? stated, QueryContext context)
    {
        var frame = new QuestionFrame
        {
            Asking = Asking.Plain,
            Ordering = null,
            Topics = anchor.Topic is null ? [] : [anchor.Topic],
            Concepts = anchor.Concept is null ? [] : [anchor.Concept],
            Times = [],
            Route = null,
            Via = null,
            Value = null,
            Unit = null,
            Distinct = false,
            Ever = false,
            Now = false,
            ReadmissionDays = null,
            NoteWords = null,
            Began = false,
            Next = false,
            Upcoming = false,
            Total = false,
            SaysWhen = false,
            MentionsText = false,
            Anchor = null,
            NotUnderstood = [],
        };
        var kinds = new KindChoice(conventions).Choose(frame);
        var query = new RecordQuery(
            new RecordSelection
            {
                Kinds = kinds,
                Concepts = anchor.Concept is null ? [] : [anchor.Concept.Words],
                Window = anchor.Relation == AnchorRelation.During ? stated : null,
            },
            anchor.First ? new EarliestAggregate() : new LatestAggregate(),
            ResultElement.Start);
        var result = engine.Run(record, query, context);
        if (result.Outcome != QueryOutcome.Found || result.Values.Count == 0)
            return (null, $"The record shows no event for \"{anchor.Text}\", so the time that the question means is not known.");

        var found = result.Values[0];
        if (found.Evidence.Count == 0 || !record.TryFollow(found.Evidence[0].Resource.ToString(), out var resource) || resource.When is not { } when)
            return (null, $"The event for \"{anchor.Text}\" has no recorded time.");

        var window = Place(anchor, when);
        var echo = found.Time ?? (found.Value.ValueKind == JsonValueKind.String ? found.Value.GetString() : null);
        return window is null
            ? (null, $"The event for \"{anchor.Text}\" has no recorded end.")
            : (window, $"\"{anchor.Text}\" is taken for the one of {echo}.");
    }

    private static QueryWindow? Place(AnchorMention anchor, TimeInterval when) => anchor.Relation switch
    {
        AnchorRelation.During => new QueryWindow(when.Start, when.End, anchor.Text),
        AnchorRelation.Before => when.Start is { } start ? new QueryWindow(null, start, anchor.Text) : null,
        AnchorRelation.After => (when.End ?? when.Start) is { } end ? new QueryWindow(end, null, anchor.Text) : null,
        AnchorRelation.Since => when.Start is { } since ? new QueryWindow(since, null, anchor.Text) : null,
        _ => throw new ArgumentOutOfRangeException(nameof(anchor)),
    };
}
