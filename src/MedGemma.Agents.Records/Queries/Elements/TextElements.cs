using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>
/// Reads free text: annotations, conclusions, comments, the text of documents, and narratives. A narrative that is generated from the coded data, or empty, is left out: it
/// can say nothing that is not in the data; any other, also one that does not say what it is, may hold what stands nowhere else (https://hl7.org/fhir/R4/narrative.html).
/// </summary>
internal static class TextElements
{
    /// <summary>The free text of a resource, as far as it can be read and was written by the instant of the question.</summary>
    public static IEnumerable<ElementValue> Read(PatientRecord record, ElementCursor resource, QueryContext context) =>
        Documents(record, resource).SelectMany(document => document.Texts)
            .Concat(Strings(record, resource))
            .Concat(Annotations(resource))
            .Concat(Narratives(resource))
            .Where(text => !(RecordedMoment.TryParse(text.Time, context.Zone, out var moment) && moment.Start > context.AsOf));

    /// <summary>What of its text cannot be read.</summary>
    public static IEnumerable<UnreadText> Unread(PatientRecord record, ElementCursor resource) => Documents(record, resource).SelectMany(document => document.Unread);

    /// <summary>Conclusion and conclusion codes of a report.</summary>
    public static IEnumerable<ElementValue> Conclusions(ElementCursor report) =>
        report.Children("conclusion").Select(text => text.ToValue())
            .Concat(report.Children("conclusionCode").Select(CodeableConcepts.Name).OfType<ElementValue>());

    /// <summary>Documents in one or more formats.</summary>
    private static IEnumerable<AttachedDocument> Documents(PatientRecord record, ElementCursor resource) => References.TypeOf(resource) switch
    {
        "DiagnosticReport" => [AttachedDocument.Read(record, resource, resource.Children("presentedForm"))],
        "DocumentReference" => [AttachedDocument.Read(record, resource, resource.Descend("content", "attachment"))],
        "Communication" => Payloads(resource, "Attachment").Select(attachment => AttachedDocument.Read(record, resource, [attachment])),
        _ => [],
    };

    private static IEnumerable<ElementCursor> Payloads(ElementCursor communication, string type)
    {
        foreach (var payload in communication.Children("payload"))
        {
            if (payload.TryChoice("content", out var content, out var choice) && choice == type)
                yield return content;
        }
    }

    private static IEnumerable<ElementValue> Strings(PatientRecord record, ElementCursor resource)
    {
        var type = References.TypeOf(resource);
        if (type == "DiagnosticReport")
            return Conclusions(resource);
        if (type == "ImagingStudy")
            return StudyReports.Of(record, resource).SelectMany(Conclusions);

        IEnumerable<ElementCursor> strings = type switch
        {
            "AllergyIntolerance" => resource.Descend("reaction", "description"),
            "Appointment" => [.. resource.Children("comment"), .. resource.Children("description"), .. resource.Children("patientInstruction")],
            "CarePlan" => [.. resource.Children("description"), .. resource.Descend("activity", "detail", "description")],
            "ClinicalImpression" => [.. resource.Children("description"), .. resource.Children("summary")],
            "Communication" => Payloads(resource, "string"),
            "DetectedIssue" => resource.Children("detail"),
            "ServiceRequest" => resource.Children("patientInstruction"),
            _ => [],
        };
        return strings.Where(text => !string.IsNullOrWhiteSpace(text.Text)).Select(text => text.ToValue());
    }

    /// <summary>What people noted (https://hl7.org/fhir/R4/datatypes.html#Annotation), with the time at which they did.</summary>
    private static IEnumerable<ElementValue> Annotations(ElementCursor resource)
    {
        IEnumerable<ElementCursor> nested = References.TypeOf(resource) switch
        {
            "AllergyIntolerance" => resource.Descend("reaction", "note"),
            "CarePlan" => resource.Descend("activity", "progress"),
            "FamilyMemberHistory" => resource.Descend("condition", "note"),
            "VisionPrescription" => resource.Descend("lensSpecification", "note"),
            _ => [],
        };
        foreach (var note in resource.Children("note").Concat(nested))
        {
            if (note.TryChild("text", out var text) && !string.IsNullOrWhiteSpace(text.Text))
                yield return text.ToValue() with { Time = note.TryChild("time", out var time) ? time.Text : null };
        }
    }

    private static IEnumerable<ElementValue> Narratives(ElementCursor resource) =>
        NarrativeText.Read(resource, null).Concat(References.TypeOf(resource) == "Composition" ? Sections(resource) : []);

    private static IEnumerable<ElementValue> Sections(ElementCursor holder) => holder.Children("section").SelectMany(section =>
        NarrativeText.Read(section, section.TryChild("title", out var title) ? title.Text : null).Concat(Sections(section)));
}
