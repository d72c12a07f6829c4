using System.Collections.Frozen;
using System.Text.Json;

namespace MedGemma.Agents.Records.Building;

/// <summary>
/// Whose resource a FHIR R4 resource is: the element that names the patient it is about, as opposed to the patient who performed, asserted or paid.
/// Safe for concurrent use.
/// </summary>
/// <remarks>The elements are those of the resource definitions (<see href="https://hl7.org/fhir/R4/resourcelist.html"/>); a type that is not here
/// (Medication, Location, Practitioner, Organization, Binary, Provenance, AuditEvent, Group and the like) is nobody's.</remarks>
public static class SubjectReference
{
    private static readonly FrozenDictionary<string, string> ElementOfType = new Dictionary<string, string>
    {
        ["Account"] = "subject",
        ["AdverseEvent"] = "subject",
        ["AllergyIntolerance"] = "patient",
        ["Appointment"] = "participant.actor",
        ["AppointmentResponse"] = "actor",
        ["Basic"] = "subject",
        ["BodyStructure"] = "patient",
        ["CarePlan"] = "subject",
        ["CareTeam"] = "subject",
        ["ChargeItem"] = "subject",
        ["Claim"] = "patient",
        ["ClaimResponse"] = "patient",
        ["ClinicalImpression"] = "subject",
        ["Communication"] = "subject",
        ["CommunicationRequest"] = "subject",
        ["Composition"] = "subject",
        ["Condition"] = "subject",
        ["Consent"] = "patient",
        ["Contract"] = "subject",
        ["Coverage"] = "beneficiary",
        ["CoverageEligibilityRequest"] = "patient",
        ["CoverageEligibilityResponse"] = "patient",
        ["DetectedIssue"] = "patient",
        ["Device"] = "patient",
        ["DeviceRequest"] = "subject",
        ["DeviceUseStatement"] = "subject",
        ["DiagnosticReport"] = "subject",
        ["DocumentManifest"] = "subject",
        ["DocumentReference"] = "subject",
        ["Encounter"] = "subject",
        ["EnrollmentRequest"] = "candidate",
        ["EpisodeOfCare"] = "patient",
        ["ExplanationOfBenefit"] = "patient",
        ["FamilyMemberHistory"] = "patient",
        ["Flag"] = "subject",
        ["Goal"] = "subject",
        ["GuidanceResponse"] = "subject",
        ["ImagingStudy"] = "subject",
        ["Immunization"] = "patient",
        ["ImmunizationEvaluation"] = "patient",
        ["ImmunizationRecommendation"] = "patient",
        ["Invoice"] = "subject",
        ["List"] = "subject",
        ["MeasureReport"] = "subject",
        ["Media"] = "subject",
        ["MedicationAdministration"] = "subject",
        ["MedicationDispense"] = "subject",
        ["MedicationRequest"] = "subject",
        ["MedicationStatement"] = "subject",
        ["MolecularSequence"] = "patient",
        ["NutritionOrder"] = "patient",
        ["Observation"] = "subject",
        ["Procedure"] = "subject",
        ["QuestionnaireResponse"] = "subject",
        ["RelatedPerson"] = "patient",
        ["RequestGroup"] = "subject",
        ["ResearchSubject"] = "individual",
        ["RiskAssessment"] = "subject",
        ["ServiceRequest"] = "subject",
        ["Specimen"] = "subject",
        ["SupplyDelivery"] = "patient",
        ["SupplyRequest"] = "deliverTo",
        ["Task"] = "for",
        ["VisionPrescription"] = "patient",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The types that can be about a patient, the Patient itself left out.</summary>
    public static IReadOnlyCollection<string> Types => ElementOfType.Keys;

    /// <summary>FHIR path, relative to the resource, of the element that says whose a resource of a type is.</summary>
    /// <param name="type">FHIR R4 resource type name.</param>
    /// <returns>Null for types that are nobody's, and for Patient, which is its own.</returns>
    public static string? ElementOf(string type) => ElementOfType.GetValueOrDefault(type);

    /// <summary>The reference that says whose resource it is.</summary>
    /// <param name="resource">A FHIR R4 resource.</param>
    /// <returns>
    /// The reference as recorded (<c>Patient/id</c>, an absolute URL, <c>urn:uuid:</c>, possibly of a Group, Device or Location: the caller checks);
    /// for a Patient its own <c>Patient/id</c>; null when the type is nobody's, nothing is recorded, or several patients are named, so that it is no one's alone.
    /// </returns>
    public static string? Find(JsonElement resource)
    {
        if (resource.ValueKind != JsonValueKind.Object || Text(resource, "resourceType") is not { } type)
            return null;

        if (type == "Patient")
            return Text(resource, "id") is { } id ? "Patient/" + id : null;

        if (!ElementOfType.TryGetValue(type, out var element))
            return null;

        if (element == "participant.actor")
            return resource.TryGetProperty("participant", out var participants) ? Only(participants, "actor") : null;

        if (!resource.TryGetProperty(element, out var subject))
            return null;

        return subject.ValueKind == JsonValueKind.Array ? Only(subject, null) : Text(subject, "reference");
    }

    /// <summary>
    /// Every reference that could say whose resource it is: the one of <see cref="Find"/>, or the <c>urn:uuid:</c> ones of a list that says no types,
    /// of which only those who know the bundle can tell the patient.
    /// </summary>
    /// <param name="resource">A FHIR R4 resource.</param>
    /// <returns>References as recorded; empty where <see cref="Find"/> gives null for another reason than several untyped references.</returns>
    public static IReadOnlyList<string> FindAll(JsonElement resource)
    {
        if (Find(resource) is { } only)
            return [only];

        if (resource.ValueKind != JsonValueKind.Object || Text(resource, "resourceType") is not { } type || !ElementOfType.TryGetValue(type, out var element))
            return [];

        var isParticipant = element == "participant.actor";
        if (!resource.TryGetProperty(isParticipant ? "participant" : element, out var items) || items.ValueKind != JsonValueKind.Array)
            return [];

        var references = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items.EnumerateArray())
        {
            var holder = item;
            if (isParticipant && (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("actor", out holder)))
                continue;

            if (Text(holder, "reference") is not { } reference)
                continue;

            // Several patients are named: no one's alone.
            if (NamesPatient(reference) || Text(holder, "type") == "Patient")
                return [];

            if (reference.StartsWith("urn:", StringComparison.Ordinal))
                references.Add(reference);
        }

        return [.. references];
    }

    /// <summary>The one patient that a list of references names. A <c>urn:uuid:</c> says no type and is taken only when no reference says Patient.</summary>
    private static string? Only(JsonElement items, string? inner)
    {
        if (items.ValueKind != JsonValueKind.Array)
            return null;

        string? patient = null;
        string? untyped = null;
        var untypedCount = 0;
        foreach (var item in items.EnumerateArray())
        {
            var holder = item;
            if (inner is not null && (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(inner, out holder)))
                continue;

            if (Text(holder, "reference") is not { } reference)
                continue;

            if (NamesPatient(reference) || Text(holder, "type") == "Patient")
            {
                if (patient is not null && patient != reference)
                    return null;

                patient = reference;
            }
            else if (reference.StartsWith("urn:", StringComparison.Ordinal))
            {
                untyped = reference;
                untypedCount++;
            }
        }

        return patient ?? (untypedCount == 1 ? untyped : null);
    }

    private static bool NamesPatient(string reference) =>
        reference.StartsWith("Patient/", StringComparison.Ordinal)
        || reference.StartsWith("Patient?", StringComparison.Ordinal)
        || reference.Contains("/Patient/", StringComparison.Ordinal);

    private static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
