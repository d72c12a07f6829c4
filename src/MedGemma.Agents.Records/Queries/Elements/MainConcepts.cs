using System.Collections.Frozen;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Finds the element that says what a resource is about, for every type known in depth.</summary>
internal static class MainConcepts
{
    /// <summary>Elements to look at, in order of preference; a dot descends.</summary>
    private static readonly FrozenDictionary<string, string[]> Elements = new Dictionary<string, string[]>
    {
        ["AllergyIntolerance"] = ["code", "reaction.substance"],
        ["Appointment"] = ["serviceType", "appointmentType", "description", "reasonCode"],
        ["CarePlan"] = ["title", "category", "description"],
        ["Claim"] = ["type"],
        ["CareTeam"] = ["name", "category"],
        ["Condition"] = ["code"],
        ["Consent"] = ["provision.code", "category", "scope"],
        ["Coverage"] = ["type", "class.name", "payor"],
        ["DetectedIssue"] = ["code", "detail"],
        ["Device"] = ["deviceName.name", "type", "modelNumber"],
        ["DeviceUseStatement"] = ["device"],
        ["DiagnosticReport"] = ["code"],
        ["DocumentReference"] = ["type", "description"],
        ["Encounter"] = ["type", "serviceType", "class"],
        ["ExplanationOfBenefit"] = ["type"],
        ["FamilyMemberHistory"] = ["condition.code", "relationship"],
        ["Flag"] = ["code"],
        ["Goal"] = ["description"],
        ["ImagingStudy"] = ["procedureCode", "description", "series.bodySite", "modality"],
        ["Immunization"] = ["vaccineCode"],
        ["List"] = ["title", "code"],
        ["Location"] = ["name", "type"],
        ["Media"] = ["type", "modality", "view"],
        ["Medication"] = ["code"],
        ["Observation"] = ["code"],
        ["Organization"] = ["name", "type"],
        ["Procedure"] = ["code"],
        ["QuestionnaireResponse"] = ["questionnaire"],
        ["ServiceRequest"] = ["code"],
        ["Specimen"] = ["type"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What the resource is called.</summary>
    public static ElementValue? Name(PatientRecord record, ElementCursor resource) => References.TypeOf(resource) switch
    {
        "Patient" => PersonNames.First(resource),
        "Medication" => MedicationNames.OfMedication(record, resource),
        "MedicationRequest" or "MedicationStatement" or "MedicationAdministration" or "MedicationDispense" =>
            MedicationNames.OfUse(record, resource),
        _ => Candidates(resource).Select(candidate => NameOf(record, candidate)).FirstOrDefault(name => name is not null),
    };

    /// <summary>Every name of resources that are about several things: the conditions of a relative.</summary>
    public static IEnumerable<ElementValue> Names(PatientRecord record, ElementCursor resource)
    {
        if (References.TypeOf(resource) != "FamilyMemberHistory")
            return Name(record, resource) is { } name ? [name] : [];

        var relative = resource.TryChild("relationship", out var relationship) ? CodeableConcepts.Name(relationship) : null;
        return resource.Descend("condition", "code")
            .Select(CodeableConcepts.Name)
            .OfType<ElementValue>()
            .Select(value => value with { Label = relative?.Value.GetString() });
    }

    /// <summary>The first code of what the resource is about.</summary>
    public static ElementValue? Code(PatientRecord record, ElementCursor resource) => References.TypeOf(resource) switch
    {
        "MedicationRequest" or "MedicationStatement" or "MedicationAdministration" or "MedicationDispense" =>
            MedicationNames.CodeOfUse(record, resource),
        _ => Candidates(resource).Select(CodeableConcepts.Code).FirstOrDefault(code => code is not null),
    };

    /// <summary>The CodeableConcepts that a code of the resource may stand in; those of a medication that is referenced with the reference to it.</summary>
    public static IEnumerable<(ElementCursor Concept, ElementValue? Link)> Coded(PatientRecord record, ElementCursor resource)
    {
        if (!resource.TryChoice("medication", out var medication, out var type))
            return Candidates(resource).Select(candidate => (candidate, (ElementValue?)null));
        if (type == "CodeableConcept")
            return [(medication, null)];

        return References.TryFollow(record, medication, out var target, out var link) ? target.Children("code").Select(code => (code, link)) : [];
    }

    private static IEnumerable<ElementCursor> Candidates(ElementCursor resource) =>
        Elements.GetValueOrDefault(References.TypeOf(resource) ?? "", ["code"])
            .SelectMany(path => resource.Descend(path.Split('.')));

    private static ElementValue? NameOf(PatientRecord record, ElementCursor candidate) =>
        candidate.TryChild("reference", out _) || candidate.TryChild("identifier", out _)
            ? References.Name(record, candidate)
            : CodeableConcepts.Name(candidate);
}
