using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>Narrows visits, stays, wards and appointments by what is asked of them: the clinic, the reason, the clinician, that they are over or were kept, how they ended.</summary>
internal static class VisitSelection
{
    private static readonly string[] s_died = ["died", "dead", "death", "deceased", "expired", "exp"];

    private static readonly string[] s_emergencyPlaces = ["emergency", "accident", "casualty", "A&E", "ED", "ER"];

    private static readonly string[] s_intensivePlaces = ["intensive", "ICU", "critical", "MICU", "SICU", "CVICU", "TSICU", "CCU"];

    private static readonly string[] s_kept = ["fulfilled", "arrived", "checked-in"];

    private static readonly string[] s_over = ["finished"];

    /// <summary>The kinds of what is asked of visits and appointments: what is booked, what was kept, what has been.</summary>
    public static IReadOnlyList<RecordKind> Kinds(QuestionFrame frame, IReadOnlyList<RecordKind> kinds, ref string? elsewhere, Func<string, IReadOnlyList<RecordKind>, bool> stands, Func<RecordKind, bool> hasAny)
    {
        // "Did she turn up for spirometry": whether what was booked was kept, not whether it was asked for.
        if (frame.Attends && frame.State == StateAsk.None && frame.Concepts.Count > 0 && kinds.Contains(RecordKind.Appointment) && !kinds.Any(kind => KindFamilies.AreStays([kind])))
            (kinds, elsewhere) = ([RecordKind.Appointment], null);

        // "When is the repeat endoscopy", "the next well child visit": what is booked.
        if (frame is { Upcoming: true, Concepts.Count: > 0 } && kinds.Contains(RecordKind.Appointment) && kinds.Count > 1)
            kinds = [RecordKind.Appointment];

        // "The last oncology follow-up" has been.
        if (frame is { Ordering: LatestAggregate, Upcoming: false } && kinds.Contains(RecordKind.Appointment) && kinds.Count > 1)
            kinds = [.. kinds.Where(kind => kind != RecordKind.Appointment)];

        // "Which appointments did she attend": the record's own, where it has them.
        if (frame.Attends && kinds is [RecordKind.Encounter] && KindChoice.Leading(frame) is { Name: "appointment" } && (frame.Concepts.Count == 0 ? hasAny(RecordKind.Appointment) : frame.Concepts.All(concept => concept.Names.Any(name => stands(name, [RecordKind.Appointment])))))
            (kinds, elsewhere) = ([RecordKind.Appointment], null);

        return kinds;
    }

    /// <summary>The selection and no word; a selection with a word where only whether, or how often, a stay ended so is asked; or no selection, with the reason why there is none.</summary>
    public static (RecordSelection? Selection, string? Word) Narrow(QuestionFrame frame, IReadOnlyList<RecordKind> kinds, RecordSelection selection)
    {
        var areStays = kinds.Count > 0 && KindFamilies.AreStays(kinds);
        if (areStays && frame.VisitPlace is { } clinic)
            selection = selection with { Where = new ElementFilter(ResultElement.Location, [clinic]) };
        if (areStays && frame.VisitReasons.Count > 0)
            selection = selection with { Where = new ElementFilter(ResultElement.Reason, frame.VisitReasons) };
        if (areStays && frame.Visit.WentTo.Count > 0)
            return (selection with { Statuses = s_over, Where = new ElementFilter(ResultElement.DischargeDisposition, frame.Visit.WentTo) }, "ended");
        if (areStays && frame.Visit.DiedThere)
            return (selection with { Where = new ElementFilter(ResultElement.DischargeDisposition, s_died) }, "ended");
        if (kinds is [RecordKind.CareUnit] && frame.Visit.LeftOut is { } leftOut)
            selection = selection with { WhereNot = new ElementFilter(ResultElement.Location, leftOut == RecordKind.EmergencyVisit ? s_emergencyPlaces : s_intensivePlaces) };
        if (frame.Clinician is { } clinician)
        {
            if (selection.Where is not null || kinds.Count == 0 || !kinds.All(kind => KindFamilies.AreStays([kind]) || kind is RecordKind.Appointment or RecordKind.Procedure or RecordKind.DiagnosticReport or RecordKind.Document or RecordKind.MedicationRequest or RecordKind.ServiceRequest))
                return (null, $"What {clinician} has to do with {KindNames.Joined(kinds)} was not understood; ask for visits, appointments, operations or orders of a clinician.");

            selection = selection with { Where = new ElementFilter(ResultElement.Performer, [clinician]) };
        }

        if (kinds is [RecordKind.Appointment] && frame is { Attends: true, State: StateAsk.None })
            selection = selection with { Statuses = s_kept };
        return (areStays && frame.Visit.IsFinished ? selection with { Statuses = s_over } : selection, null);
    }
}
