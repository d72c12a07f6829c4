using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads demographics of the Patient resource.</summary>
internal static class PatientElements
{
    private const string UsCore = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-";

    /// <summary>The values of a demographic element.</summary>
    public static IEnumerable<ElementValue> Read(PatientRecord record, ElementCursor patient, ResultElement element) => element switch
    {
        ResultElement.Gender => patient.Children("gender").Select(value => value.ToValue()),
        ResultElement.BirthDate => patient.Children("birthDate").Select(value => value.ToValue()),
        ResultElement.Deceased => patient.TryChoice("deceased", out var deceased, out _) ? [deceased.ToValue()] : [],
        ResultElement.Identifier => patient.Children("identifier").SelectMany(Identifier),
        ResultElement.Address => patient.Children("address").Select(Address).OfType<ElementValue>(),
        ResultElement.Telecom => patient.Children("telecom").SelectMany(Telecom),
        ResultElement.Language => patient.Descend("communication", "language").Select(CodeableConcepts.Name).OfType<ElementValue>(),
        ResultElement.MaritalStatus => patient.Children("maritalStatus").Select(CodeableConcepts.Name).OfType<ElementValue>(),
        ResultElement.Race => UsCoreExtension(patient, "race"),
        ResultElement.Ethnicity => UsCoreExtension(patient, "ethnicity"),
        _ => PersonNames.First(patient) is { } name ? [name] : [],
    };

    private static IEnumerable<ElementValue> Identifier(ElementCursor identifier)
    {
        var type = identifier.TryChild("type", out var concept) ? CodeableConcepts.Name(concept)?.Value.GetString() : null;
        return identifier.Children("value").Select(value => value.ToValue() with { Label = type });
    }

    /// <summary>Telephone numbers and email addresses under what they are.</summary>
    public static IEnumerable<ElementValue> Telecom(ElementCursor telecom)
    {
        var system = telecom.TryChild("system", out var kind) ? kind.Text : null;
        return telecom.Children("value").Select(value => value.ToValue() with { Label = system });
    }

    /// <summary>An address in one line, or null when it says nothing.</summary>
    public static ElementValue? Address(ElementCursor address)
    {
        if (address.TryChild("text", out var text) && !string.IsNullOrWhiteSpace(text.Text))
            return text.ToValue();

        var parts = new[] { "line", "city", "state", "postalCode", "country" }
            .SelectMany(address.Children)
            .Where(part => part.Text is not null)
            .ToList();
        return parts.Count == 0
            ? null
            : ElementValue.OfText(address, string.Join(" & ', ' & ", parts.Select(part => part.Path)), string.Join(", ", parts.Select(part => part.Text)));
    }

    /// <summary>The text of a US Core extension, else the displays of its categories (https://hl7.org/fhir/us/core/StructureDefinition-us-core-race.html).</summary>
    private static List<ElementValue> UsCoreExtension(ElementCursor patient, string name)
    {
        var url = UsCore + name;
        var inner = patient.Children("extension").Where(extension => HasUrl(extension, url)).SelectMany(extension => extension.Children("extension")).ToList();
        var texts = inner.Where(extension => HasUrl(extension, "text")).SelectMany(Value).ToList();
        return texts.Count > 0 ? texts : [.. inner.Where(extension => HasUrl(extension, "ombCategory")).SelectMany(Value)];
    }

    private static IEnumerable<ElementValue> Value(ElementCursor extension)
    {
        if (!extension.TryChoice("value", out var value, out var type))
            return [];
        return type == "Coding" ? CodeableConcepts.Name(value) is { } name ? [name] : [] : [value.ToValue()];
    }

    private static bool HasUrl(ElementCursor extension, string url) => extension.TryChild("url", out var at) && at.Text == url;
}
