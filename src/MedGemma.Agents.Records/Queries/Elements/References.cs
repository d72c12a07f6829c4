using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Follows references to what they point at, within the record and what supports it.</summary>
internal static class References
{
    /// <summary>Follows a Reference element to its target, contained or not.</summary>
    public static bool TryFollow(PatientRecord record, ElementCursor reference, out ElementCursor target, out ElementValue? link)
    {
        target = default;
        link = null;
        if (!reference.TryChild("reference", out var literal) || literal.Text is not { } text)
            return false;

        if (text.StartsWith('#'))
        {
            target = ElementCursor.Of(reference.Holder).Children("contained")
                .FirstOrDefault(contained => contained.TryChild("id", out var id) && id.Text == text[1..]);
            return target.Holder is not null;
        }

        if (!record.TryFollow(text, out var resource))
            return false;

        target = ElementCursor.Of(resource);
        link = literal.ToValue();
        return true;
    }

    /// <summary>The name of what a Reference points at: its display, else the target's own name.</summary>
    public static ElementValue? Name(PatientRecord record, ElementCursor reference)
    {
        if (reference.TryChild("display", out var display) && !string.IsNullOrWhiteSpace(display.Text))
            return display.ToValue();

        if (!TryFollow(record, reference, out var target, out var link))
            return null;

        var name = NameOfTarget(record, target);
        return name is null ? null : name with { Link = name.Link ?? link };
    }

    private static ElementValue? NameOfTarget(PatientRecord record, ElementCursor target) => TypeOf(target) switch
    {
        "Practitioner" or "RelatedPerson" or "Person" => PersonNames.First(target),
        "Patient" => PersonNames.First(target),
        "PractitionerRole" => target.TryChild("practitioner", out var practitioner) ? Name(record, practitioner) : null,
        _ => target.TryChild("name", out var name) && name.Text is not null ? name.ToValue() : MainConcepts.Name(record, target),
    };

    public static string? TypeOf(ElementCursor resource) => resource.TryChild("resourceType", out var type) ? type.Text : null;
}
