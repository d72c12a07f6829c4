namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads dose, instructions, route and frequency of medication resources and immunizations.</summary>
internal static class DosageElements
{
    /// <summary>Dose quantities; a range gives low and high.</summary>
    public static IEnumerable<ElementValue> Doses(ElementCursor resource)
    {
        if (resource.TryChild("doseQuantity", out var quantity))
            return Quantities.Read(quantity) is { } dose ? [dose] : [];

        return Dosages(resource).SelectMany(dosage =>
        {
            if (dosage.TryChild("dose", out var given))
                return Quantities.Read(given) is { } dose ? [dose] : Enumerable.Empty<ElementValue>();
            return dosage.Children("doseAndRate").SelectMany(DoseOf);
        });
    }

    /// <summary>Instructions as written.</summary>
    public static IEnumerable<ElementValue> Instructions(ElementCursor resource) =>
        Dosages(resource).Select(TextOf).OfType<ElementValue>();

    /// <summary>Routes of administration.</summary>
    public static IEnumerable<ElementValue> Routes(ElementCursor resource) =>
        RouteConcepts(resource).Select(CodeableConcepts.Name).OfType<ElementValue>();

    /// <summary>The CodeableConcepts of the routes.</summary>
    public static IEnumerable<ElementCursor> RouteConcepts(ElementCursor resource) =>
        resource.Children("route").Concat(Dosages(resource).SelectMany(dosage => dosage.Children("route")));

    /// <summary>Frequencies: the timing's code, else how often in which period.</summary>
    public static IEnumerable<ElementValue> Frequencies(ElementCursor resource) =>
        Dosages(resource).SelectMany(dosage => dosage.Children("timing")).Select(FrequencyOf).OfType<ElementValue>();

    private static IEnumerable<ElementCursor> Dosages(ElementCursor resource) =>
        resource.Children("dosageInstruction").Concat(resource.Children("dosage"));

    private static IEnumerable<ElementValue> DoseOf(ElementCursor doseAndRate) =>
        doseAndRate.TryChoice("dose", out var dose, out var type) ? Quantities.ReadChoice(dose, type) : [];

    private static ElementValue? TextOf(ElementCursor dosage)
    {
        foreach (var name in new[] { "text", "patientInstruction" })
        {
            if (dosage.TryChild(name, out var text) && !string.IsNullOrWhiteSpace(text.Text))
                return text.ToValue();
        }

        return dosage.Children("additionalInstruction").Select(CodeableConcepts.Name).FirstOrDefault(name => name is not null);
    }

    private static ElementValue? FrequencyOf(ElementCursor timing)
    {
        if (timing.TryChild("code", out var code) && CodeableConcepts.Name(code) is { } name)
            return name;

        if (!timing.TryChild("repeat", out var repeat)
            || !repeat.TryChild("frequency", out var frequency)
            || !repeat.TryChild("period", out var period)
            || !repeat.TryChild("periodUnit", out var unit))
            return null;

        return ElementValue.OfText(
            repeat,
            $"{frequency.Path}.toString() & ' per ' & {period.Path}.toString() & ' ' & {unit.Path}",
            $"{frequency.Json.GetRawText()} per {period.Json.GetRawText()} {unit.Text}");
    }
}
