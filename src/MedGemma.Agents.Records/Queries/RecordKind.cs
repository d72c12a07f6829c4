namespace MedGemma.Agents.Records.Queries;

/// <summary>What clinicians call the things in a record; each kind is one or more resource types with a condition on category, class, identifier or links.</summary>
public enum RecordKind
{
    /// <summary>Any resource of the patient.</summary>
    Any = 0,
    /// <summary>The Patient resource.</summary>
    Patient,
    /// <summary>Every Encounter.</summary>
    Encounter,
    /// <summary>An Encounter that the source says is a hospital stay.</summary>
    HospitalStay,
    /// <summary>An intensive care stay.</summary>
    IcuStay,
    /// <summary>An emergency department visit.</summary>
    EmergencyVisit,
    /// <summary>An outpatient contact.</summary>
    OutpatientVisit,
    /// <summary>A location within an Encounter (<c>Encounter.location</c>).</summary>
    CareUnit,
    /// <summary>Condition: diagnoses and problems.</summary>
    Condition,
    /// <summary>AllergyIntolerance.</summary>
    Allergy,
    /// <summary>Every Observation.</summary>
    Observation,
    /// <summary>Laboratory Observation.</summary>
    LaboratoryResult,
    /// <summary>Vital sign Observation.</summary>
    VitalSign,
    /// <summary>Fluid output Observation (urine, drains, emesis).</summary>
    Output,
    /// <summary>Microbiology test Observation.</summary>
    MicrobiologyTest,
    /// <summary>Organism Observation grown from a microbiology test.</summary>
    Organism,
    /// <summary>Antibiotic susceptibility Observation of an organism.</summary>
    Susceptibility,
    /// <summary>Social history Observation or social finding Condition.</summary>
    SocialHistory,
    /// <summary>DiagnosticReport.</summary>
    DiagnosticReport,
    /// <summary>Any medication resource: request, statement, administration, dispense.</summary>
    Medication,
    /// <summary>MedicationRequest: prescriptions and orders.</summary>
    MedicationRequest,
    /// <summary>MedicationStatement.</summary>
    MedicationStatement,
    /// <summary>MedicationAdministration.</summary>
    MedicationAdministration,
    /// <summary>Fluid or drug intake charted at the bedside: MedicationAdministration during an intensive care stay, or intake Observation.</summary>
    Intake,
    /// <summary>MedicationDispense.</summary>
    MedicationDispense,
    /// <summary>Procedure.</summary>
    Procedure,
    /// <summary>Immunization.</summary>
    Immunization,
    /// <summary>CarePlan.</summary>
    CarePlan,
    /// <summary>CareTeam.</summary>
    CareTeam,
    /// <summary>Goal.</summary>
    Goal,
    /// <summary>ServiceRequest.</summary>
    ServiceRequest,
    /// <summary>Appointment.</summary>
    Appointment,
    /// <summary>Flag.</summary>
    Flag,
    /// <summary>List.</summary>
    List,
    /// <summary>Consent.</summary>
    Consent,
    /// <summary>DetectedIssue.</summary>
    DetectedIssue,
    /// <summary>DocumentReference: notes and documents.</summary>
    Document,
    /// <summary>ImagingStudy.</summary>
    ImagingStudy,
    /// <summary>Media.</summary>
    Media,
    /// <summary>Specimen.</summary>
    Specimen,
    /// <summary>Device and its use.</summary>
    Device,
    /// <summary>FamilyMemberHistory.</summary>
    FamilyHistory,
    /// <summary>QuestionnaireResponse.</summary>
    QuestionnaireResponse,
    /// <summary>Coverage: insurance.</summary>
    Coverage,
    /// <summary>Claim: what a provider bills.</summary>
    Claim,
    /// <summary>ExplanationOfBenefit: what an insurer made of a claim.</summary>
    ExplanationOfBenefit,
}
