using System.Collections.Frozen;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Building;

/// <summary>Decides of which kinds a resource is: by type, then for encounters, observations and administrations by what the source says of them.</summary>
internal static class KindRules
{
    private static readonly FrozenDictionary<string, RecordKind[]> ByType = new Dictionary<string, RecordKind[]>
    {
        ["Patient"] = [RecordKind.Patient],
        ["Encounter"] = [RecordKind.Encounter],
        ["Condition"] = [RecordKind.Condition],
        ["AllergyIntolerance"] = [RecordKind.Allergy],
        ["Observation"] = [RecordKind.Observation],
        ["DiagnosticReport"] = [RecordKind.DiagnosticReport],
        ["MedicationRequest"] = [RecordKind.Medication, RecordKind.MedicationRequest],
        ["MedicationStatement"] = [RecordKind.Medication, RecordKind.MedicationStatement],
        ["MedicationAdministration"] = [RecordKind.Medication, RecordKind.MedicationAdministration],
        ["MedicationDispense"] = [RecordKind.Medication, RecordKind.MedicationDispense],
        ["Procedure"] = [RecordKind.Procedure],
        ["Immunization"] = [RecordKind.Immunization],
        ["CarePlan"] = [RecordKind.CarePlan],
        ["CareTeam"] = [RecordKind.CareTeam],
        ["Goal"] = [RecordKind.Goal],
        ["ServiceRequest"] = [RecordKind.ServiceRequest],
        ["Appointment"] = [RecordKind.Appointment],
        ["Flag"] = [RecordKind.Flag],
        ["List"] = [RecordKind.List],
        ["Consent"] = [RecordKind.Consent],
        ["DetectedIssue"] = [RecordKind.DetectedIssue],
        ["DocumentReference"] = [RecordKind.Document],
        ["Composition"] = [RecordKind.Document],
        ["ImagingStudy"] = [RecordKind.ImagingStudy],
        ["Media"] = [RecordKind.Media],
        ["Specimen"] = [RecordKind.Specimen],
        ["Device"] = [RecordKind.Device],
        ["DeviceUseStatement"] = [RecordKind.Device],
        ["DeviceRequest"] = [RecordKind.Device],
        ["FamilyMemberHistory"] = [RecordKind.FamilyHistory],
        ["QuestionnaireResponse"] = [RecordKind.QuestionnaireResponse],
        ["Coverage"] = [RecordKind.Coverage],
        ["Claim"] = [RecordKind.Claim],
        ["ExplanationOfBenefit"] = [RecordKind.ExplanationOfBenefit],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Gives a draft, whose concept and categories are read, its kinds.</summary>
    public static void Classify(ResourceDraft draft, BuildScope scope)
    {
        if (!ByType.TryGetValue(draft.Key.Type, out var kinds))
            return;

        foreach (var kind in kinds)
            draft.Is(kind);

        switch (draft.Key.Type)
        {
            case "Encounter":
                EncounterKinds.Classify(draft, scope);
                break;
            case "Observation":
                ObservationKinds.Classify(draft);
                scope.Uncategorised.Place(draft);
                break;
            case "MedicationAdministration" when draft.Encounter is { } context && scope.Encounters.TryGetValue(context, out var facts) && facts.IsIcuStay:
                draft.Is(RecordKind.Intake);
                break;
        }
    }
}
