namespace MedGemma.Agents.Records.Queries;

/// <summary>Element of a resource that a query returns.</summary>
public enum ResultElement
{
    /// <summary>What the kind is usually asked for: an Observation's value, otherwise the name.</summary>
    Default = 0,
    /// <summary>Display or text of the main concept.</summary>
    Name,
    /// <summary>Code of the main concept.</summary>
    Code,
    /// <summary>Value (number, text or coded) with its unit.</summary>
    Value,
    /// <summary>Unit of the value.</summary>
    Unit,
    /// <summary>Clinical time: start of a period.</summary>
    Start,
    /// <summary>End of a period.</summary>
    End,
    /// <summary>Length of a period.</summary>
    Duration,
    /// <summary>Status as recorded.</summary>
    Status,
    /// <summary>Dose quantity.</summary>
    Dose,
    /// <summary>Dosage as text.</summary>
    DosageInstruction,
    /// <summary>Route of administration.</summary>
    Route,
    /// <summary>Frequency of a dosage.</summary>
    Frequency,
    /// <summary>Who performed, prescribed, recorded or attended.</summary>
    Performer,
    /// <summary>Who was responsible for an encounter: its participants of type attender, else the primary performer.</summary>
    Attender,
    /// <summary>Who admitted: an encounter's participants of type admitter.</summary>
    Admitter,
    /// <summary>Who referred or sent the patient: an encounter's participants of type referrer.</summary>
    Referrer,
    /// <summary>Who discharged: an encounter's participants of type discharger.</summary>
    Discharger,
    /// <summary>The service that an encounter was for: medicine, surgery.</summary>
    ServiceType,
    /// <summary>The organization that is responsible for an encounter.</summary>
    ServiceProvider,
    /// <summary>Body site.</summary>
    BodySite,
    /// <summary>Location or care unit.</summary>
    Location,
    /// <summary>Reason or indication; why something was stopped or not done is <see cref="StatusReason"/>.</summary>
    Reason,
    /// <summary>Severity: of an allergy that of its reactions, where none is recorded its criticality.</summary>
    Severity,
    /// <summary>Reaction manifestation.</summary>
    Reaction,
    /// <summary>Interpretation (high, low, resistant).</summary>
    Interpretation,
    /// <summary>Reference range.</summary>
    ReferenceRange,
    /// <summary>Lower limit of the reference range.</summary>
    ReferenceLow,
    /// <summary>Upper limit of the reference range.</summary>
    ReferenceHigh,
    /// <summary>Specimen type.</summary>
    Specimen,
    /// <summary>Organism grown.</summary>
    Organism,
    /// <summary>Where an encounter was admitted from.</summary>
    AdmissionSource,
    /// <summary>Where an encounter was discharged to.</summary>
    DischargeDisposition,
    /// <summary>Free text: notes, the text of documents, conclusions, narratives that say more than the coded data.</summary>
    Text,
    /// <summary>Patient gender.</summary>
    Gender,
    /// <summary>Patient birth date.</summary>
    BirthDate,
    /// <summary>Patient age in completed years: at the instant of the question, or at the beginning of the window where there is one.</summary>
    Age,
    /// <summary>Deceased date or flag of the patient; of a relative whether, when or at what age.</summary>
    Deceased,
    /// <summary>Patient name.</summary>
    PatientName,
    /// <summary>Patient identifiers.</summary>
    Identifier,
    /// <summary>Patient address.</summary>
    Address,
    /// <summary>Patient telephone and email.</summary>
    Telecom,
    /// <summary>Patient language.</summary>
    Language,
    /// <summary>Patient marital status.</summary>
    MaritalStatus,
    /// <summary>Patient race.</summary>
    Race,
    /// <summary>Patient ethnicity.</summary>
    Ethnicity,
    /// <summary>Why the status is what it is: stopped, held, refused, not done.</summary>
    StatusReason,
    /// <summary>Whether a medicine is taken as needed.</summary>
    AsNeeded,
    /// <summary>Rate of an infusion.</summary>
    Rate,
    /// <summary>Quantity ordered or dispensed.</summary>
    Quantity,
    /// <summary>How long what was ordered or dispensed lasts.</summary>
    DaysSupply,
    /// <summary>Number of repeats that an order allows.</summary>
    Refills,
    /// <summary>What a detected issue is about: the drugs of an interaction.</summary>
    Implicated,
    /// <summary>Lot number of a vaccine or a batch.</summary>
    LotNumber,
    /// <summary>Whether an allergy or a diagnosis is confirmed.</summary>
    Verification,
    /// <summary>People to contact about the patient.</summary>
    Contact,
    /// <summary>Codes of the main concept in any revision of ICD.</summary>
    IcdCode,
    /// <summary>Codes of the main concept in ICD-9.</summary>
    Icd9Code,
    /// <summary>Codes of the main concept in ICD-10.</summary>
    Icd10Code,
    /// <summary>SNOMED CT codes of the main concept.</summary>
    SnomedCode,
    /// <summary>LOINC codes of the main concept.</summary>
    LoincCode,
    /// <summary>RxNorm codes of the main concept.</summary>
    RxNormCode,
    /// <summary>Stage of a disease.</summary>
    Stage,
    /// <summary>Age at which a disease began.</summary>
    OnsetAge,
    /// <summary>Outcome of a procedure or plan, achievement of a goal.</summary>
    Outcome,
    /// <summary>Complications of a procedure.</summary>
    Complication,
    /// <summary>Activities of a care plan.</summary>
    Activity,
    /// <summary>Imaging modality.</summary>
    Modality,
    /// <summary>How a relative is related to the patient.</summary>
    Relationship,
    /// <summary>Role of a member of a care team.</summary>
    Role,
    /// <summary>Amount that was billed.</summary>
    Billed,
    /// <summary>Amount that the payer paid.</summary>
    Paid,
    /// <summary>Who pays: the insurance or its issuer.</summary>
    Payer,
    /// <summary>How dangerous an allergy may be.</summary>
    Criticality,
    /// <summary>Whether an AllergyIntolerance is an allergy or an intolerance: its <c>type</c> (http://hl7.org/fhir/R4/valueset-allergy-intolerance-type.html).</summary>
    AllergyType,
    /// <summary>Strength of a product, as its name says it.</summary>
    Strength,
    /// <summary>Age at which a relative died.</summary>
    AgeAtDeath,
    /// <summary>Telephone and email of people to contact about the patient.</summary>
    ContactTelecom,
    /// <summary>Address of people to contact about the patient.</summary>
    ContactAddress,
    /// <summary>How people to contact are related to the patient.</summary>
    ContactRelationship,
    /// <summary>How soon an order, an appointment or a visit is to be: routine, urgent.</summary>
    Priority,
}
