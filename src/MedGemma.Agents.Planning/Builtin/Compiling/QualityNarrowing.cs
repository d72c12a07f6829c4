using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>Narrows what is asked for by how sure it is and by what became of it.</summary>
internal static class QualityNarrowing
{
    private static readonly string[] s_calledOff = ["revoked", "cancelled"];
    private static readonly string[] s_notDone = ["not-done", "revoked", "cancelled"];
    private static readonly string[] s_notGiven = ["not-done"];
    private static readonly string[] s_brokenOff = ["stopped"];
    private static readonly string[] s_ofAppointments = ["cancelled"];
    private static readonly string[] s_notHeld = ["cancelled", "noshow"];
    private static readonly string[] s_missed = ["noshow"];
    private static readonly string[] s_final = ["final", "amended", "corrected", "appended"];
    private static readonly string[] s_preliminary = ["registered", "partial", "preliminary"];

    // Every status but that of an error, so that one is told of what was called off, too.
    private static readonly string[] s_ofOrders = ["draft", "active", "on-hold", "revoked", "completed", "unknown"];
    private static readonly string[] s_ofProcedures = ["preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "unknown"];

    /// <summary>Why how sure they are cannot be asked of the kinds, or null; diagnoses where nothing else is named.</summary>
    public static string? WhyNoCertainty(QuestionFrame frame, ref IReadOnlyList<RecordKind> kinds)
    {
        if (frame.Concepts.Count > 1)
            return "How sure several diagnoses are is asked of one at a time.";

        if (frame.Asking is Asking.Time or Asking.Duration || frame.Asks.Who)
            return "When and by whom a diagnosis was made sure is not recorded; ask whether it is.";

        if (kinds.Count == 0 && frame.Concepts.Count == 0 && frame.Topics.Count == 0)
            kinds = [RecordKind.Condition];
        return kinds.Count > 0 && kinds.All(kind => kind is RecordKind.Condition or RecordKind.Allergy) ? null
            : "How sure something is is recorded of diagnoses and allergies only; name one.";
    }

    /// <summary>The statuses that are meant, or null when the kinds have none for it or none is asked.</summary>
    public static IReadOnlyList<string>? Statuses(QuestionFrame frame, IReadOnlyList<RecordKind> kinds) => frame.State switch
    {
        StateAsk.CalledOff when kinds is [RecordKind.ServiceRequest] => s_calledOff,
        StateAsk.CalledOff when kinds.Count > 0 && kinds.All(kind => kind is RecordKind.MedicationRequest or RecordKind.Medication) => s_ofAppointments,
        StateAsk.CalledOff when kinds is [RecordKind.Appointment] => s_ofAppointments,
        StateAsk.CalledOff when kinds.Count > 0 && KindFamilies.AreStays(kinds) => s_ofAppointments,
        StateAsk.NotDone when kinds is [RecordKind.Appointment] => s_notHeld,
        StateAsk.Missed when kinds is [RecordKind.Appointment] => s_missed,
        StateAsk.NotDone when kinds is [RecordKind.Immunization] => s_notGiven,
        StateAsk.CalledOff or StateAsk.NotDone when kinds.All(kind => kind is RecordKind.Procedure or RecordKind.ServiceRequest or RecordKind.ImagingStudy) && kinds.Count > 0 => s_notDone,
        StateAsk.BrokenOff when kinds is [RecordKind.Procedure] => s_brokenOff,
        StateAsk.Final when AreResults(kinds) => s_final,
        StateAsk.Preliminary when AreResults(kinds) => s_preliminary,
        StateAsk.Status when kinds is [RecordKind.ServiceRequest] => s_ofOrders,
        StateAsk.Status when kinds is [RecordKind.Procedure] => s_ofProcedures,
        _ => null,
    };

    private static bool AreResults(IReadOnlyList<RecordKind> kinds) =>
        kinds.Count > 0 && kinds.All(kind => kind is RecordKind.DiagnosticReport or RecordKind.Observation or RecordKind.LaboratoryResult or RecordKind.MicrobiologyTest or RecordKind.Procedure);
}
