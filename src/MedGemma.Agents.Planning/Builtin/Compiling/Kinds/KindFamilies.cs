using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Kinds;

/// <summary>What the kinds of a query have in common for the form of its answer.</summary>
internal static class KindFamilies
{
    public static bool HasValues(IReadOnlyList<RecordKind> kinds) => kinds.All(kind => kind
        is RecordKind.Observation or RecordKind.LaboratoryResult or RecordKind.VitalSign or RecordKind.Output or RecordKind.MicrobiologyTest
        or RecordKind.Susceptibility or RecordKind.SocialHistory or RecordKind.QuestionnaireResponse);

    public static bool AreStays(IReadOnlyList<RecordKind> kinds) => kinds.All(kind => kind
        is RecordKind.HospitalStay or RecordKind.IcuStay or RecordKind.EmergencyVisit or RecordKind.OutpatientVisit or RecordKind.Encounter);

    /// <summary>Whether the kinds are volumes in or out, which some charts file among vital signs.</summary>
    public static bool AreFluids(IReadOnlyList<RecordKind> kinds) =>
        kinds.Any(kind => kind is RecordKind.Output or RecordKind.Intake) && kinds.All(kind => kind is RecordKind.Output or RecordKind.Intake or RecordKind.VitalSign or RecordKind.Observation);

    /// <summary>Whether the kinds last, so that "currently" means something of them.</summary>
    public static bool AreStates(IReadOnlyList<RecordKind> kinds) => AreStays(kinds) || kinds.All(kind => kind
        is RecordKind.Condition or RecordKind.Medication or RecordKind.MedicationRequest or RecordKind.MedicationStatement or RecordKind.Device
        or RecordKind.CarePlan or RecordKind.CareTeam or RecordKind.Goal or RecordKind.Flag or RecordKind.CareUnit);

    /// <summary>Whether the kinds have a beginning and an end.</summary>
    public static bool MayLast(IReadOnlyList<RecordKind> kinds) => AreStates(kinds) || AreMedications(kinds) || kinds.All(kind => kind is RecordKind.Procedure or RecordKind.Condition or RecordKind.CareUnit or RecordKind.ServiceRequest or RecordKind.Appointment);

    public static bool AreMedications(IReadOnlyList<RecordKind> kinds) => kinds.All(kind => kind
        is RecordKind.Medication or RecordKind.MedicationRequest or RecordKind.MedicationStatement or RecordKind.MedicationAdministration
        or RecordKind.MedicationDispense or RecordKind.Intake);
}
