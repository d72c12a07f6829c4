using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>The resource types that each kind is made of, which a receipt must cover before absence is proved.</summary>
internal static class KindTypes
{
    private const string EveryType = "Resource";

    /// <summary>Resource types of a kind; for <see cref="RecordKind.Any"/> every type that was read.</summary>
    public static IEnumerable<string> Of(RecordKind kind, PatientRecord record) => kind != RecordKind.Any
        ? Of(kind)
        : record.Receipt.IsWhole ? record.Receipt.Types.Keys : record.Receipt.Types.Keys.Append(EveryType);

    /// <summary>Resource types of a kind other than <see cref="RecordKind.Any"/>.</summary>
    public static IEnumerable<string> Of(RecordKind kind) => kind switch
    {
        RecordKind.Patient => ["Patient"],
        RecordKind.Encounter or RecordKind.HospitalStay or RecordKind.IcuStay or RecordKind.EmergencyVisit
            or RecordKind.OutpatientVisit or RecordKind.CareUnit => ["Encounter"],
        RecordKind.Condition => ["Condition"],
        RecordKind.Allergy => ["AllergyIntolerance"],
        RecordKind.Observation or RecordKind.LaboratoryResult or RecordKind.VitalSign or RecordKind.Output
            or RecordKind.MicrobiologyTest or RecordKind.Organism or RecordKind.Susceptibility => ["Observation"],
        RecordKind.SocialHistory => ["Observation", "Condition"],
        RecordKind.Medication => ["MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense"],
        RecordKind.Intake => ["MedicationAdministration", "Observation"],
        RecordKind.Document => ["DocumentReference"],
        RecordKind.Device => ["Device", "DeviceUseStatement"],
        RecordKind.FamilyHistory => ["FamilyMemberHistory", "Condition"],
        _ => [kind.ToString()],
    };
}
