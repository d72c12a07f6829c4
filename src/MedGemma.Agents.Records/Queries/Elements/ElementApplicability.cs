namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Which elements FHIR R4 has for which resource types (https://hl7.org/fhir/R4/resourcelist.html).</summary>
internal static class ElementApplicability
{
    /// <summary>Whether a resource type can hold the element.</summary>
    public static bool Has(string type, ResultElement element) => element switch
    {
        ResultElement.Default or ResultElement.Name => true,
        ResultElement.Status => type is not "Patient",
        ResultElement.Code => type is not ("Patient" or "Organization"),
        ResultElement.Start => type is not "Patient",
        ResultElement.End or ResultElement.Duration => TimeElements.HasEnd(type),
        ResultElement.Value => type is "Observation" or "QuestionnaireResponse" or "DiagnosticReport" or "FamilyMemberHistory",
        ResultElement.Unit => type is "Observation" or "QuestionnaireResponse",
        ResultElement.Interpretation or ResultElement.ReferenceRange or ResultElement.ReferenceLow or ResultElement.ReferenceHigh or ResultElement.Organism => type is "Observation",
        ResultElement.Specimen => type is "Observation" or "DiagnosticReport" or "Specimen" or "ServiceRequest",
        ResultElement.Dose => IsMedicationUse(type) || type is "Immunization",
        ResultElement.DosageInstruction or ResultElement.Frequency => IsMedicationUse(type),
        ResultElement.Route => IsMedicationUse(type) || type is "Immunization",
        ResultElement.Performer => PeopleAndPlaces.HasPeople(type),
        ResultElement.Location => PeopleAndPlaces.HasPlaces(type),
        ResultElement.BodySite => IsMedicationUse(type)
            || type is "Condition" or "DeviceUseStatement" or "ImagingStudy" or "Immunization" or "Media" or "Observation" or "Procedure" or "ServiceRequest" or "Specimen",
        ResultElement.Reason => IsMedicationUse(type)
            || type is "Appointment" or "CarePlan" or "CareTeam" or "DeviceUseStatement" or "Encounter" or "FamilyMemberHistory" or "Goal" or "ImagingStudy" or "Immunization" or "Media" or "Procedure" or "ServiceRequest",
        ResultElement.StatusReason => type is "Appointment" or "MedicationRequest" or "MedicationStatement" or "MedicationAdministration" or "MedicationDispense" or "Immunization" or "Procedure",
        ResultElement.Criticality or ResultElement.AllergyType => type is "AllergyIntolerance",
        ResultElement.Strength => IsMedicationUse(type),
        ResultElement.AsNeeded => IsMedicationUse(type),
        ResultElement.Rate => IsMedicationUse(type),
        ResultElement.Quantity or ResultElement.DaysSupply => type is "MedicationRequest" or "MedicationDispense",
        ResultElement.Refills => type is "MedicationRequest",
        ResultElement.Implicated => type is "DetectedIssue",
        ResultElement.LotNumber => type is "Immunization",
        ResultElement.Verification => type is "AllergyIntolerance" or "Condition",
        ResultElement.Severity => type is "AllergyIntolerance" or "Condition" or "DetectedIssue",
        ResultElement.Reaction => type is "AllergyIntolerance" or "Immunization",
        ResultElement.AdmissionSource or ResultElement.DischargeDisposition or ResultElement.Attender or ResultElement.Admitter or ResultElement.Referrer or ResultElement.Discharger or ResultElement.ServiceType or ResultElement.ServiceProvider => type is "Encounter",
        ResultElement.Text => true,
        ResultElement.IcdCode or ResultElement.Icd9Code or ResultElement.Icd10Code or ResultElement.SnomedCode or ResultElement.LoincCode or ResultElement.RxNormCode => type is not ("Patient" or "Organization"),
        ResultElement.Stage => type is "Condition",
        ResultElement.OnsetAge => type is "Condition" or "FamilyMemberHistory",
        ResultElement.Outcome => type is "Procedure" or "CarePlan" or "Goal" or "ExplanationOfBenefit",
        ResultElement.Activity => type is "CarePlan",
        ResultElement.Complication => type is "Procedure",
        ResultElement.Modality => type is "ImagingStudy" or "Media",
        ResultElement.Relationship => type is "FamilyMemberHistory",
        ResultElement.Role => type is "CareTeam",
        ResultElement.Billed => type is "Claim" or "ExplanationOfBenefit",
        ResultElement.Paid => type is "ExplanationOfBenefit",
        ResultElement.Payer => type is "Coverage" or "Claim" or "ExplanationOfBenefit",
        ResultElement.Identifier => type is "Patient",
        ResultElement.Deceased => type is "Patient" or "FamilyMemberHistory",
        ResultElement.AgeAtDeath => type is "FamilyMemberHistory",
        ResultElement.Priority => type is "MedicationRequest" or "ServiceRequest" or "Appointment" or "Encounter" or "Claim",
        _ => type is "Patient",
    };

    private static bool IsMedicationUse(string type) =>
        type is "MedicationRequest" or "MedicationStatement" or "MedicationAdministration" or "MedicationDispense";
}
