using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Derivations;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads free text: conclusions of reports, notes, the plain text of documents.</summary>
internal static class TextElements
{
    /// <summary>The free text of a resource.</summary>
    public static IEnumerable<ElementValue> Read(PatientRecord record, ElementCursor resource) => References.TypeOf(resource) switch
    {
        "DiagnosticReport" => Conclusions(resource).Concat(resource.Children("presentedForm").Select(form => Inline(form)).OfType<ElementValue>()),
        "DocumentReference" => resource.Descend("content", "attachment").Select(attachment => OfAttachment(record, attachment)).OfType<ElementValue>(),
        "Appointment" => resource.Children("comment").Concat(resource.Children("description")).Select(text => text.ToValue()),
        "CarePlan" => resource.Children("description").Concat(resource.Descend("note", "text")).Select(text => text.ToValue()),
        _ => resource.Descend("note", "text").Select(text => text.ToValue()),
    };

    /// <summary>Conclusion and conclusion codes of a report.</summary>
    public static IEnumerable<ElementValue> Conclusions(ElementCursor report) =>
        report.Children("conclusion").Select(text => text.ToValue())
            .Concat(report.Children("conclusionCode").Select(CodeableConcepts.Name).OfType<ElementValue>());

    private static ElementValue? OfAttachment(PatientRecord record, ElementCursor attachment)
    {
        if (Inline(attachment) is { } inline)
            return inline;
        if (!attachment.TryChild("url", out var url) || url.Text is not { } reference || !IsText(attachment)
            || !record.TryFollow(reference, out var binary))
            return null;

        return ElementCursor.Of(binary).TryChild("data", out var data) ? Decoded(data) is { } text ? text with { Link = url.ToValue() } : null : null;
    }

    private static ElementValue? Inline(ElementCursor attachment) =>
        IsText(attachment) && attachment.TryChild("data", out var data) ? Decoded(data) : null;

    /// <summary>The text that stands as base64, with the decoding as its derivation.</summary>
    private static ElementValue? Decoded(ElementCursor data) =>
        data.Text is not null && DerivedValues.TryDecode(data.Text, out var text)
            ? new ElementValue(data.Holder, data.Path, JsonSerializer.SerializeToElement(text))
            {
                Computed = new Computation("decode", [data.ToValue()], new Dictionary<string, string> { ["charset"] = "utf-8" }),
            }
            : null;

    private static bool IsText(ElementCursor attachment) =>
        !attachment.TryChild("contentType", out var type) || type.Text?.StartsWith("text/", StringComparison.OrdinalIgnoreCase) == true;
}
