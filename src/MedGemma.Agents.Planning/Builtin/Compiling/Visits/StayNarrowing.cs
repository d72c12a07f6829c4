using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>"When was he admitted for appendicitis": takes the stay whose recorded reason is meant, where stays are not named so themselves.</summary>
internal sealed class StayNarrowing(IRecordQueryEngine engine)
{
    private readonly StayReasons _reasons = new(engine);

    /// <summary>The frame pinned to the one stay that is meant; unchanged when nothing says a reason, null when several may be meant.</summary>
    public QuestionFrame? Narrow(PatientRecord record, QuestionFrame frame, IReadOnlyList<RecordKind> kinds, QueryContext context)
    {
        if (kinds.Count == 0 || !KindFamilies.AreStays(kinds) || frame.Concepts is not [var concept] || concept.Kinds.Any(kind => KindFamilies.AreStays([kind])))
            return frame;

        if (!WindowNarrowing.TryNarrow([.. frame.Times.Select(phrase => phrase.Window)], out var window))
            return frame;

        var stays = _reasons.Find(record, kinds, StayClasses.AskedFor(record, frame.Topics), concept, window, context);
        // An emergency contact and the stay that follows from it begin at the same time and are one answer to when or whether.
        var isOne = stays.Count == 1 || (stays.Count > 1 && frame.Duration is null && frame.Asking is Asking.Time or Asking.YesNo && stays.All(one => one.When?.Start == stays[0].When?.Start));
        var stay = isOne ? stays[0] : frame.Ordering switch
        {
            EarliestAggregate when stays.Count > 1 => stays[0],
            LatestAggregate when stays.Count > 1 => stays[^1],
            _ => null,
        };
        // Of an emergency contact and the stay that follows from it, a length and an end are the stay's.
        if (stay is null && stays.Count > 1 && frame.Asking is not (Asking.Count or Asking.YesNo))
        {
            var inpatient = StayClasses.OfInpatients(record);
            stay = stays.Where(one => one.Categories.Any(category => category.Code is { } code && inpatient.Contains(code))).ToArray() is [var only] ? only : null;
        }

        // "ER visits for overdose: how many": all that were for it.
        if (stay is null && stays.Count > 1 && frame.Asking == Asking.Count)
            return frame with { Concepts = [], VisitReasons = _reasons.Of(record, stays, context) };

        if (stay is null)
            return stays.Count == 0 ? frame : frame.Asking == Asking.YesNo ? Pin(frame, stays[0]) : null;

        return Pin(frame, stay);
    }

    private static QuestionFrame Pin(QuestionFrame frame, RecordResource stay)
    {
        var start = stay.When!.Value.Start!.Value;
        return frame with { Concepts = [], Times = [new TimePhrase(default, new QueryWindow(start, start.AddTicks(1), stay.WhenText ?? "at its time"), null)], Ordering = null };
    }
}
