using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads who did something and where.</summary>
internal static class PeopleAndPlaces
{
    /// <summary>Elements that name a person, by resource type; the first that is there is taken.</summary>
    private static readonly Dictionary<string, string[]> People = new(StringComparer.Ordinal)
    {
        ["AllergyIntolerance"] = ["recorder", "asserter"],
        ["Appointment"] = ["participant.actor"],
        ["CarePlan"] = ["author", "contributor", "careTeam"],
        ["CareTeam"] = ["participant.member"],
        ["Claim"] = ["provider"],
        ["Condition"] = ["asserter", "recorder"],
        ["Consent"] = ["performer", "organization"],
        ["DetectedIssue"] = ["author"],
        ["DeviceUseStatement"] = ["source"],
        ["DiagnosticReport"] = ["resultsInterpreter", "performer"],
        ["DocumentReference"] = ["author", "authenticator"],
        ["Encounter"] = ["participant.individual"],
        ["ExplanationOfBenefit"] = ["provider"],
        ["Flag"] = ["author"],
        ["Goal"] = ["expressedBy"],
        ["ImagingStudy"] = ["interpreter", "referrer"],
        ["Immunization"] = ["performer.actor"],
        ["List"] = ["source"],
        ["Media"] = ["operator"],
        ["MedicationAdministration"] = ["performer.actor"],
        ["MedicationDispense"] = ["performer.actor"],
        ["MedicationRequest"] = ["requester", "recorder"],
        ["MedicationStatement"] = ["informationSource"],
        ["Observation"] = ["performer"],
        ["Patient"] = ["generalPractitioner"],
        ["Procedure"] = ["performer.actor", "asserter", "recorder"],
        ["QuestionnaireResponse"] = ["author", "source"],
        ["ServiceRequest"] = ["requester", "performer"],
        ["Specimen"] = ["collection.collector"],
    };

    /// <summary>Elements that name a place, by resource type.</summary>
    private static readonly Dictionary<string, string[]> Places = new(StringComparer.Ordinal)
    {
        ["Appointment"] = ["participant.actor"],
        ["Device"] = ["location"],
        ["Encounter"] = ["location.location", "serviceProvider"],
        ["ImagingStudy"] = ["location"],
        ["Immunization"] = ["location"],
        ["MedicationDispense"] = ["location"],
        ["Procedure"] = ["location"],
        ["ServiceRequest"] = ["locationReference", "locationCode"],
    };

    /// <summary>Whether a type has an element for who did it.</summary>
    public static bool HasPeople(string type) => People.ContainsKey(type);

    /// <summary>Whether a type has an element for where it was.</summary>
    public static bool HasPlaces(string type) => Places.ContainsKey(type);

    /// <summary>Names of the people.</summary>
    public static IEnumerable<ElementValue> Performers(PatientRecord record, ElementCursor resource) =>
        FirstThatIsThere(record, resource, People, "Location");

    /// <summary>Names of the places; for one care unit of an Encounter only that one's.</summary>
    public static IEnumerable<ElementValue> Locations(PatientRecord record, ElementCursor resource, int part)
    {
        if (part >= 0)
        {
            return resource.Children("location").Skip(part).Take(1).SelectMany(unit => unit.Children("location"))
                .Select(place => References.Name(record, place)).OfType<ElementValue>();
        }

        return FirstThatIsThere(record, resource, Places, "Practitioner");
    }

    private static List<ElementValue> FirstThatIsThere(
        PatientRecord record, ElementCursor resource, Dictionary<string, string[]> paths, string unwanted)
    {
        foreach (var path in paths.GetValueOrDefault(References.TypeOf(resource) ?? "", []))
        {
            var names = resource.Descend(path.Split('.'))
                .Where(reference => !PointsAt(reference, unwanted) && !PointsAt(reference, "Patient"))
                .Select(reference => reference.TryChild("coding", out _) ? CodeableConcepts.Name(reference) : References.Name(record, reference))
                .OfType<ElementValue>()
                .ToList();
            if (names.Count > 0)
                return names;
        }

        return [];
    }

    private static bool PointsAt(ElementCursor reference, string type) =>
        reference.TryChild("reference", out var literal) && ResourceKey.TryParse(literal.Text, out var key) && key.Type == type;
}
