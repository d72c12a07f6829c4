using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Kinds;

/// <summary>
/// Holds the kinds that a question was taken to be about against the kinds in which the record has what it names, so that "none" is not said of one kind while another holds it.
/// Where the words only describe ("dose", "result", "report"), the record says which kind is meant; where they state an act ("prescribed", "performed"), the answer is left open.
/// </summary>
internal static class KindMending
{
    private static readonly RecordKind[] s_orders = [RecordKind.MedicationRequest, RecordKind.MedicationStatement, RecordKind.MedicationDispense, RecordKind.MedicationAdministration, RecordKind.Intake];

    private static readonly RecordKind[] s_assessed = [RecordKind.Observation];

    private static readonly RecordKind[] s_done =
    [
        RecordKind.LaboratoryResult, RecordKind.VitalSign, RecordKind.Observation, RecordKind.Output, RecordKind.DiagnosticReport, RecordKind.ImagingStudy, RecordKind.Procedure, RecordKind.MicrobiologyTest,
        RecordKind.QuestionnaireResponse,
    ];

    /// <summary>The kinds to ask, or why none is asked.</summary>
    /// <param name="frame">What was understood.</param>
    /// <param name="kinds">Kinds chosen by its words.</param>
    /// <param name="stands">Whether the record has anything by a name among kinds.</param>
    /// <param name="hasAny">Whether the record has anything of a kind.</param>
    public static (IReadOnlyList<RecordKind> Kinds, string? Reason) Mend(QuestionFrame frame, IReadOnlyList<RecordKind> kinds, Func<string, IReadOnlyList<RecordKind>, bool> stands, Func<RecordKind, bool> hasAny)
    {
        if (frame.Concepts.Count > 0 && kinds.Count > 0 && kinds.All(kind => IsOfOthers(kind) || (kind == RecordKind.Document && !frame.MentionsText)) && frame.Concepts.All(concept => IsNamed(frame, concept) && !concept.Names.Any(name => stands(name, kinds))))
            return IsBooked(frame, stands) ? ([RecordKind.Appointment], null) : (kinds, $"How \"{frame.Concepts[0].Words}\" belongs to {KindNames.Joined(kinds)} was not understood; ask for each by itself.");

        // A risk is flagged or assessed: where nothing is flagged the assessment says it, unless a flag is asked for.
        if (kinds is [RecordKind.Flag] && frame.Concepts.Count > 0 && !frame.Topics.Any(mention => mention.Topic.Kinds is [RecordKind.Flag])
            && !frame.Concepts.Any(concept => concept.Names.Any(name => stands(name, kinds))) && frame.Concepts.All(concept => concept.Names.Any(name => stands(name, s_assessed))))
            return ([RecordKind.Observation], null);

        // "When did she last have an echo" is not asked of what was ordered or booked.
        if (frame.Concepts.Count > 0 && kinds.Any(s_done.Contains) && kinds.Any(IsPlanned) && !frame.AsksOrders && !SaysOrdered(frame) && frame.Asking is Asking.Time or Asking.YesNo or Asking.Count or Asking.Duration)
            kinds = [.. kinds.Where(kind => !IsPlanned(kind))];

        // When an operation was, and whether, is said by it and not by the report of what it took out.
        if (frame.Concepts.Count > 0 && kinds.Contains(RecordKind.Procedure) && kinds.Contains(RecordKind.DiagnosticReport) && !frame.AsksFindings && KindChoice.Leading(frame) is null or { Rank: <= 2 } && frame.Asking is Asking.Time or Asking.YesNo or Asking.Count or Asking.Duration)
            kinds = [.. kinds.Where(kind => kind is not RecordKind.DiagnosticReport)];

        // That a thing was asked for does not say that it was done.
        if (kinds is [RecordKind.ServiceRequest] && frame.Concepts.Count > 0 && KindChoice.Leading(frame) is null or { Rank: <= 2 } && !SaysOrdered(frame))
            return (kinds, $"The record has \"{frame.Concepts[0].Words}\" only as a request, which does not say that it was done; ask whether it was ordered.");

        // Urine comes out of a catheter that is called by its own name.
        if (kinds is [RecordKind.Output] && frame.Concepts.Count > 0 && !frame.Concepts.Any(concept => concept.Names.Any(name => stands(name, kinds))) && hasAny(RecordKind.Output))
            return (kinds, $"None of the outputs that are recorded is called \"{frame.Concepts[0].Words}\"; name the one that is meant.");

        // "The last flu injection" names a drug or a vaccine that was not understood, not the disease.
        if (frame.Topics.Any(mention => mention.Topic.Name == "administration") && kinds is [RecordKind.Condition])
            return (kinds, "A diagnosis is not given; name the drug or the vaccine that was.");

        // "Was she given platelets" is asked of what was given, not of a count of platelets.
        if (frame.Topics.Any(mention => mention.Topic.Given) && kinds.All(kind => kind is RecordKind.LaboratoryResult or RecordKind.VitalSign) && kinds.Count > 0 && (frame.Asking is Asking.YesNo or Asking.Time || (frame.Asking == Asking.Count && frame.Topics.Any(mention => mention.Topic.Element == ResultElement.Dose))))
            return (kinds, "A measurement is not given; name the product that was.");

        var named = frame.Concepts.Where(concept => !concept.Entries.IsEmpty).ToList();
        if (named.Count == 0 || named.Count < frame.Concepts.Count || kinds.Count == 0 || named.Exists(concept => concept.Names.Any(name => stands(name, kinds))))
            return (kinds, null);

        var there = named.SelectMany(concept => concept.Kinds).Distinct().ToArray();
        var leading = KindChoice.Leading(frame);
        if (IsOfDrugs(kinds))
        {
            var orders = s_orders.Where(there.Contains).Take(1).ToArray();
            return orders.Length == 0 ? (kinds, null) : Describes(leading) && !StatesAct(frame) ? (orders, null) : (kinds, Elsewhere(named[0], kinds, orders));
        }

        if (kinds is [RecordKind.Immunization])
        {
            var ordered = s_orders.Where(there.Contains).Take(1).ToArray();
            return ordered.Length == 0 ? (kinds, null)
                : frame.Topics.Any(mention => mention.Topic.Name == "prescription") ? (ordered, null)
                : (kinds, Elsewhere(named[0], kinds, ordered));
        }

        // What is measured is no drug of the same name: without a potassium result there is none, whatever was ordered.
        if (kinds is [RecordKind.LaboratoryResult] && named.TrueForAll(concept => concept.KnownKinds.Contains(RecordKind.LaboratoryResult)) && there.All(kind => s_orders.Contains(kind) || kind == RecordKind.Medication))
            return (kinds, null);

        if (kinds is [RecordKind.ServiceRequest] && there.Any(s_done.Contains))
            return (kinds, Elsewhere(named[0], kinds, [.. s_done.Where(there.Contains)]));

        if (kinds.All(s_done.Contains))
        {
            var done = s_done.Where(there.Contains).ToArray();
            return done.Length > 0 && Describes(leading) ? (Narrowest(done), null)
                : done.Length > 0 || there.Any(s_orders.Contains) || there.Contains(RecordKind.ServiceRequest) ? (kinds, Elsewhere(named[0], kinds, done.Length > 0 ? done : there))
                : (kinds, null);
        }

        return (kinds, null);
    }

    /// <summary>Kinds that are not called by what they are for: a stay for pneumonia, a goal for diabetes, the age at a delivery.</summary>
    private static bool IsOfOthers(RecordKind kind) => KindFamilies.AreStays([kind])
        || kind is RecordKind.Patient or RecordKind.Goal or RecordKind.CarePlan or RecordKind.CareTeam or RecordKind.Appointment or RecordKind.Consent or RecordKind.DetectedIssue;

    /// <summary>"When is the memory clinic visit": a visit that is only known as an appointment.</summary>
    private static bool IsBooked(QuestionFrame frame, Func<string, IReadOnlyList<RecordKind>, bool> stands) =>
        frame.Concepts.All(concept => concept.Names.Any(name => stands(name, [RecordKind.Appointment]))) && KindChoice.Leading(frame)?.Element is null;

    private static bool IsPlanned(RecordKind kind) => kind is RecordKind.ServiceRequest or RecordKind.Appointment;

    private static bool SaysOrdered(QuestionFrame frame) =>
        frame.Upcoming || frame.State != StateAsk.None || frame.Asks.Who || frame.Topics.Any(mention => mention.Topic.Name is "prescription" or "referral" or "pending" or "status" or "reason");

    // What a topic names by itself ("check up") may well be none.
    private static bool IsNamed(QuestionFrame frame, ConceptMention concept) => !frame.Topics.Any(mention => mention.Topic.Concept is not null && mention.Span == concept.Span);

    private static RecordKind[] Narrowest(RecordKind[] kinds) => kinds.Length > 1 ? [.. kinds.Where(kind => kind != RecordKind.Observation)] : kinds;

    private static bool IsOfDrugs(IReadOnlyList<RecordKind> kinds) => KindFamilies.AreMedications(kinds);

    /// <summary>Whether the words describe what is asked for instead of stating an act.</summary>
    private static bool Describes(Topic? leading) => leading is null
        or { Rank: <= 2 }
        or { Name: "dose" or "strength" or "route" or "frequency" or "instructions" or "medication" or "laboratory" or "vital sign" or "observation" or "report" or "imaging" };

    /// <summary>"The dose that was ordered" is not the dose that was given.</summary>
    private static bool StatesAct(QuestionFrame frame) => frame.Topics.Any(mention => mention.Topic.Name is "prescription" or "dispense");

    private static string Elsewhere(ConceptMention concept, IReadOnlyList<RecordKind> asked, IReadOnlyList<RecordKind> there) =>
        $"The record has \"{concept.Words}\" not among {KindNames.Joined(asked)} but among {KindNames.Joined(there)}; ask for it there.";
}
