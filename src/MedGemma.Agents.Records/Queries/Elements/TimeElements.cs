using System.Collections.Frozen;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Finds where the clinical time of a resource stands.</summary>
internal static class TimeElements
{
    /// <summary>Elements that hold a start, in order of preference; choices are named by their stem, periods give their start.</summary>
    private static readonly FrozenDictionary<string, string[]> Starts = new Dictionary<string, string[]>
    {
        ["AllergyIntolerance"] = ["onset", "recordedDate", "lastOccurrence"],
        ["Appointment"] = ["start", "created"],
        ["CarePlan"] = ["period", "created"],
        ["CareTeam"] = ["period"],
        ["Claim"] = ["created", "billablePeriod"],
        ["Condition"] = ["onset", "recordedDate"],
        ["Consent"] = ["dateTime", "provision.period"],
        ["Coverage"] = ["period"],
        ["DetectedIssue"] = ["identified"],
        ["Device"] = ["manufactureDate"],
        ["DeviceUseStatement"] = ["timing", "recordedOn"],
        ["DiagnosticReport"] = ["effective", "issued"],
        ["DocumentReference"] = ["date", "context.period"],
        ["Encounter"] = ["period"],
        ["ExplanationOfBenefit"] = ["created", "billablePeriod"],
        ["FamilyMemberHistory"] = ["date"],
        ["Flag"] = ["period"],
        ["Goal"] = ["start", "statusDate"],
        ["ImagingStudy"] = ["started"],
        ["Immunization"] = ["occurrence", "recorded"],
        ["List"] = ["date"],
        ["Media"] = ["created", "issued"],
        ["MedicationAdministration"] = ["effective"],
        ["MedicationDispense"] = ["whenHandedOver", "whenPrepared"],
        ["MedicationRequest"] = ["authoredOn", "dispenseRequest.validityPeriod", "dosageInstruction.timing.repeat.bounds"],
        ["MedicationStatement"] = ["effective", "dateAsserted"],
        ["Observation"] = ["effective", "issued"],
        ["Procedure"] = ["performed"],
        ["QuestionnaireResponse"] = ["authored"],
        ["ServiceRequest"] = ["occurrence", "authoredOn"],
        ["Specimen"] = ["collection.collected", "receivedTime"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string[]> Ends = new Dictionary<string, string[]>
    {
        ["Appointment"] = ["end"],
        ["Condition"] = ["abatement"],
        ["Consent"] = ["provision.period"],
        ["DocumentReference"] = ["context.period"],
        ["Goal"] = ["target.due"],
        ["MedicationRequest"] = ["dispenseRequest.validityPeriod", "dosageInstruction.timing.repeat.bounds"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> TypesWithPeriod = FrozenSet.Create(
        StringComparer.Ordinal,
        "AllergyIntolerance", "CarePlan", "CareTeam", "Coverage", "DetectedIssue", "DeviceUseStatement", "DiagnosticReport", "Encounter", "Flag",
        "Media", "MedicationAdministration", "MedicationStatement", "Observation", "Procedure", "ServiceRequest", "Specimen");

    /// <summary>Where the start of a resource's clinical time stands, or null when it has none.</summary>
    public static ElementValue? Start(PatientRecord record, Finding finding)
    {
        var resource = ElementCursor.Of(finding.Resource);
        if (finding.Part >= 0 && finding.Resource.Key.Type == "Encounter")
        {
            var unit = resource.Children("location").Skip(finding.Part).Take(1).SelectMany(location => location.Descend("period", "start"));
            if (unit.Select(start => start.ToValue()).FirstOrDefault() is { } own)
                return own;
        }

        var candidates = Starts.GetValueOrDefault(finding.Resource.Key.Type, ["period", "date", "created", "authored", "authoredOn", "recorded", "occurrence", "effective"])
            .SelectMany(path => Moments(resource, path, "start"))
            .ToList();
        if (finding.Resource.WhenText is { } text)
            return candidates.Find(candidate => candidate.Value.ValueEquals(text)) ?? OfEncounter(record, finding.Resource, text);

        return null;
    }

    /// <summary>Where the end stands, or null when none is recorded.</summary>
    public static ElementValue? End(Finding finding)
    {
        var resource = ElementCursor.Of(finding.Resource);
        var type = finding.Resource.Key.Type;
        if (finding.Part >= 0 && type == "Encounter")
        {
            var unit = resource.Children("location").Skip(finding.Part).Take(1).SelectMany(location => location.Descend("period", "end"));
            return unit.Select(end => end.ToValue()).FirstOrDefault();
        }

        return (Ends.GetValueOrDefault(type) ?? Starts.GetValueOrDefault(type, ["period"]))
            .SelectMany(path => Moments(resource, path, "end"))
            .FirstOrDefault();
    }

    /// <summary>Whether a type can have an end at all.</summary>
    public static bool HasEnd(string type) => Ends.ContainsKey(type) || TypesWithPeriod.Contains(type);

    private static ElementValue? OfEncounter(PatientRecord record, RecordResource resource, string text)
    {
        foreach (var reference in ElementCursor.Of(resource).Children("encounter").Concat(ElementCursor.Of(resource).Children("context")))
        {
            if (!References.TryFollow(record, reference, out var encounter, out var link))
                continue;

            var start = encounter.Descend("period", "start").FirstOrDefault(moment => moment.Text == text);
            if (start.Holder is not null)
                return start.ToValue() with { Link = link };
        }

        return null;
    }

    private static IEnumerable<ElementValue> Moments(ElementCursor resource, string path, string bound)
    {
        var names = path.Split('.');
        foreach (var parent in resource.Descend(names[..^1]))
        {
            if (parent.TryChild(names[^1], out var child))
            {
                if (child.Text is not null && (bound == "start" || names[^1] == "end"))
                    yield return child.ToValue();
                foreach (var moment in child.Children(bound))
                    yield return moment.ToValue();
            }
            else if (parent.TryChoice(names[^1], out var choice, out var type))
            {
                if (type is "dateTime" or "instant" or "date" && (bound == "start" || names[^1] is "abatement" or "due"))
                    yield return choice.ToValue();
                else if (type == "Period")
                    foreach (var moment in choice.Children(bound))
                        yield return moment.ToValue();
            }
        }
    }
}
