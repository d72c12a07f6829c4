using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>"How much was billed for the check-up on 12 February": takes the visit that a claim is asked of.</summary>
internal sealed class BillingNarrowing(IRecordQueryEngine engine)
{
    /// <summary>The frame bound to the one visit; unchanged when no visit is named, null when several may be meant.</summary>
    public QuestionFrame? Narrow(PatientRecord record, QuestionFrame frame, IReadOnlyList<RecordKind> kinds, QueryContext context)
    {
        var visits = frame.Topics.Where(mention => KindFamilies.AreStays(mention.Topic.Kinds) && mention.Topic.Kinds.Count > 0).ToList();
        if (!BillingChoice.Applies(kinds) || frame.Stay is not null || (visits.Count == 0 && frame.Concepts.Count == 0) || frame.Asking == Asking.Count)
            return frame;

        if (!WindowNarrowing.TryNarrow([.. frame.Times.Select(phrase => phrase.Window)], out var window))
            return frame;

        var kind = visits.SelectMany(mention => mention.Topic.Kinds).FirstOrDefault(RecordKind.Encounter);
        var names = frame.Concepts.Where(concept => visits.TrueForAll(visit => !visit.Span.Overlaps(concept.Span)) || concept.Kinds.Any(one => KindFamilies.AreStays([one]))).SelectMany(concept => concept.Names).ToList();
        Aggregate aggregate = frame.Ordering is LatestAggregate or EarliestAggregate ? frame.Ordering : new ListAggregate();
        var found = engine.Run(record, new RecordQuery(new RecordSelection { Kinds = [kind], Concepts = names, Window = window }, aggregate, ResultElement.Start), context);
        var encounters = found.Values.SelectMany(value => value.Evidence).Select(evidence => evidence.Resource).Where(key => key.Type == "Encounter").Distinct().ToList();
        return encounters.Count != 1 ? null : frame with
        {
            Stay = encounters[0].ToString(),
            Times = [],
            Concepts = [],
            Ordering = frame.Ordering is LatestAggregate or EarliestAggregate ? null : frame.Ordering,
            Topics = [.. frame.Topics.Where(mention => !KindFamilies.AreStays(mention.Topic.Kinds) || mention.Topic.Kinds.Count == 0)],
        };
    }
}
