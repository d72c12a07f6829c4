using System.Text.RegularExpressions;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads what a medication is called, following the Medication that a request, statement, administration or dispense references.</summary>
internal static partial class MedicationNames
{
    /// <summary>The strength that the name of a product says ("40 MG"); null when it says none.</summary>
    public static ElementValue? StrengthOf(PatientRecord record, ElementCursor use)
    {
        if (OfUse(record, use) is not { } name || Strength().Match(name.Value.GetString()!) is not { Success: true } match)
            return null;

        var at = name.Value.GetString()!.IndexOf(match.Value, StringComparison.Ordinal);
        return name with { Path = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name.Path}.substring({at}, {match.Value.Length})"), Value = System.Text.Json.JsonSerializer.SerializeToElement(match.Value) };
    }

    /// <summary>The name of the medication that a medication resource is about.</summary>
    public static ElementValue? OfUse(PatientRecord record, ElementCursor use)
    {
        if (!use.TryChoice("medication", out var medication, out var type))
            return null;
        if (type == "CodeableConcept")
            return CodeableConcepts.Name(medication);

        if (References.TryFollow(record, medication, out var target, out var link) && OfMedication(record, target) is { } name)
            return name with { Link = name.Link ?? link };
        return medication.TryChild("display", out var display) && !string.IsNullOrWhiteSpace(display.Text) ? display.ToValue() : null;
    }

    /// <summary>The code of the medication that a medication resource is about.</summary>
    public static ElementValue? CodeOfUse(PatientRecord record, ElementCursor use)
    {
        if (!use.TryChoice("medication", out var medication, out var type))
            return null;
        if (type == "CodeableConcept")
            return CodeableConcepts.Code(medication);

        return References.TryFollow(record, medication, out var target, out var link) && CodeOfMedication(target) is { } code
            ? code with { Link = link }
            : null;
    }

    /// <summary>The name of a Medication: an identifier that is a name, else text or display, else its ingredients' source string or code.</summary>
    public static ElementValue? OfMedication(PatientRecord record, ElementCursor medication)
    {
        var named = medication.Children("identifier").FirstOrDefault(IsName);
        if (named.Holder is not null && named.TryChild("value", out var value) && !string.IsNullOrWhiteSpace(value.Text))
            return value.ToValue();

        if (medication.TryChild("code", out var code) && CodeableConcepts.Name(code) is { } name)
            return name;

        var identifier = medication.Descend("identifier", "value").FirstOrDefault(item => !string.IsNullOrWhiteSpace(item.Text));
        if (identifier.Holder is not null)
            return identifier.ToValue();

        return medication.Descend("ingredient")
            .Select(ingredient => OfIngredient(record, ingredient))
            .FirstOrDefault(item => item is not null);
    }

    private static ElementValue? OfIngredient(PatientRecord record, ElementCursor ingredient)
    {
        if (!ingredient.TryChoice("item", out var item, out var type))
            return null;
        return type == "CodeableConcept" ? CodeableConcepts.Name(item) : References.Name(record, item);
    }

    private static ElementValue? CodeOfMedication(ElementCursor medication) =>
        medication.TryChild("code", out var code) && CodeableConcepts.Code(code) is { } coded
            ? coded
            : medication.Descend("identifier", "value").Where(value => value.Text is not null).Select(value => value.ToValue()).FirstOrDefault();

    private static bool IsName(ElementCursor identifier) =>
        identifier.TryChild("system", out var system) && system.Text?.EndsWith("medication-name", StringComparison.Ordinal) == true;

    [GeneratedRegex(@"[0-9]+(?:\.[0-9]+)? ?(?:MG|MCG|UG|G|UNT|UNITS?|MEQ|MMOL|%)(?:/(?:[0-9.]+ ?)?(?:ML|HR|ACTUAT|G|MG))?(?![A-Za-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Strength();
}
