using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads reasons, body sites, severity, reactions, and where an admission came from and went to.</summary>
internal static class ClinicalElements
{
    /// <summary>Reasons and indications, as coded or by what they refer to.</summary>
    public static IEnumerable<ElementValue> Reasons(PatientRecord record, ElementCursor resource)
    {
        var coded = new[] { "reasonCode", "indication", "reason" }.SelectMany(resource.Children)
            .Select(CodeableConcepts.Name).OfType<ElementValue>().ToList();
        if (coded.Count > 0)
            return coded;

        return new[] { resource.Children("reasonReference"), resource.Children("addresses"), resource.Descend("diagnosis", "condition") }
            .SelectMany(references => references)
            .Select(reference => References.Name(record, reference))
            .OfType<ElementValue>();
    }

    /// <summary>Why something was stopped, held, refused or not done.</summary>
    public static IEnumerable<ElementValue> StatusReasons(ElementCursor resource) => Named(resource.Children("statusReason").Concat(resource.Children("statusReasonCodeableConcept")).Concat(resource.Children("cancelationReason")));

    /// <summary>What a detected issue is about.</summary>
    public static IEnumerable<ElementValue> Implicated(PatientRecord record, ElementCursor resource) =>
        resource.Children("implicated").Select(reference => References.Name(record, reference)).OfType<ElementValue>();

    /// <summary>Lot number of a vaccine.</summary>
    public static IEnumerable<ElementValue> LotNumbers(ElementCursor resource) => resource.Children("lotNumber").Select(lot => lot.ToValue());

    /// <summary>Whether it is confirmed, by its code.</summary>
    public static IEnumerable<ElementValue> Verifications(ElementCursor resource) => resource.Children("verificationStatus").Select(CodeableConcepts.Code).OfType<ElementValue>();

    /// <summary>Coded elements that stand in the resource itself.</summary>
    public static IEnumerable<ElementValue> Read(PatientRecord record, ElementCursor resource, ResultElement element) => element switch
    {
        ResultElement.BodySite => Named(BodySites(resource)),
        ResultElement.Severity => Severities(resource),
        ResultElement.Reaction => References.TypeOf(resource) == "Immunization"
            ? resource.Descend("reaction", "detail").Select(detail => References.Name(record, detail)).OfType<ElementValue>()
            : Named(resource.Descend("reaction", "manifestation")),
        ResultElement.AdmissionSource => Named(resource.Descend("hospitalization", "admitSource")),
        _ => Named(resource.Descend("hospitalization", "dischargeDisposition")),
    };

    private static List<ElementValue> Severities(ElementCursor resource)
    {
        var severities = Named(resource.Children("severity").Concat(resource.Descend("reaction", "severity"))).ToList();
        return severities.Count > 0 ? severities : [.. Criticalities(resource)];
    }

    /// <summary>How soon it is to be: a code of an order, a concept of a visit or a claim.</summary>
    public static IEnumerable<ElementValue> Priorities(ElementCursor resource) =>
        resource.Children("priority").Select(priority => priority.Json.ValueKind == System.Text.Json.JsonValueKind.Object ? CodeableConcepts.Name(priority) : priority.ToValue()).OfType<ElementValue>();

    /// <summary>How dangerous an allergy may be.</summary>
    public static IEnumerable<ElementValue> Criticalities(ElementCursor resource) => Named(resource.Children("criticality"));

    /// <summary>Whether it is an allergy or an intolerance.</summary>
    public static IEnumerable<ElementValue> AllergyTypes(ElementCursor resource) => Named(resource.Children("type"));

    private static IEnumerable<ElementCursor> BodySites(ElementCursor resource) =>
        new[] { resource.Children("bodySite"), resource.Children("site"), resource.Descend("collection", "bodySite"), resource.Descend("series", "bodySite"), resource.Descend("dosage", "site"), resource.Descend("dosageInstruction", "site") }
            .SelectMany(sites => sites);

    private static IEnumerable<ElementValue> Named(IEnumerable<ElementCursor> concepts) =>
        concepts.Select(CodeableConcepts.Name).OfType<ElementValue>();
}
