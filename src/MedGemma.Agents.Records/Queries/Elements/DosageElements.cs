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

    /// <summary>Instructions as written, or where that says neither how often nor when, with what the parts of the dosage say.</summary>
    public static IEnumerable<ElementValue> Instructions(ElementCursor resource) =>
        Dosages(resource).Select(Instruction.Of).OfType<ElementValue>();

    /// <summary>Whether it is taken as needed: by its own element, else by the words of the instruction.</summary>
    public static IEnumerable<ElementValue> AsNeeded(ElementCursor resource) => Dosages(resource).Select(Instruction.AsNeeded).OfType<ElementValue>();

    /// <summary>Rates: a quantity a time, or a ratio.</summary>
    public static IEnumerable<ElementValue> Rates(ElementCursor resource) => Dosages(resource).SelectMany(dosage =>
        dosage.TryChoice("rate", out var rate, out var type) ? RateOf(rate, type)
        : dosage.Children("doseAndRate").SelectMany(part => part.TryChoice("rate", out var ordered, out var orderedType) ? RateOf(ordered, orderedType) : []));

    /// <summary>Routes of administration.</summary>
    public static IEnumerable<ElementValue> Routes(ElementCursor resource) =>
        RouteConcepts(resource).Select(CodeableConcepts.Name).OfType<ElementValue>();

    /// <summary>The CodeableConcepts of the routes.</summary>
    public static IEnumerable<ElementCursor> RouteConcepts(ElementCursor resource) =>
        resource.Children("route").Concat(Dosages(resource).SelectMany(dosage => dosage.Children("route")));

    /// <summary>
    /// Frequencies: the timing's code; else the instruction, where it says how often (it is what was written, and what the patient follows, whatever was made of it); else how often in which period.
    /// </summary>
    public static IEnumerable<ElementValue> Frequencies(ElementCursor resource) => Dosages(resource).SelectMany(dosage =>
        dosage.TryChild("timing", out var timing) && CodeOf(timing) is { } code ? [code]
        : TextOf(dosage) is { } text && Instruction.SaysHowOften(text.Value.GetString()!) ? [text]
        : dosage.Children("timing").Select(FrequencyOf).OfType<ElementValue>());

    private static IEnumerable<ElementCursor> Dosages(ElementCursor resource) =>
        resource.Children("dosageInstruction").Concat(resource.Children("dosage"));

    private static IEnumerable<ElementValue> DoseOf(ElementCursor doseAndRate) =>
        doseAndRate.TryChoice("dose", out var dose, out var type) ? Quantities.ReadChoice(dose, type) : [];

    /// <summary>The text of a dosage, else what is said to the patient.</summary>
    internal static ElementValue? TextOf(ElementCursor dosage)
    {
        foreach (var name in new[] { "text", "patientInstruction" })
        {
            if (dosage.TryChild(name, out var text) && !string.IsNullOrWhiteSpace(text.Text))
                return text.ToValue();
        }

        return null;
    }

    private static ElementValue? CodeOf(ElementCursor timing) => timing.TryChild("code", out var code) ? CodeableConcepts.Name(code) : null;

    /// <summary>A quantity with its unit; a ratio as both of its quantities.</summary>
    private static IEnumerable<ElementValue> RateOf(ElementCursor rate, string type)
    {
        if (type != "Ratio")
            return Quantities.ReadChoice(rate, type);

        if (!rate.TryChild("numerator", out var numerator) || Quantities.Read(numerator) is not { UnitPath: { } amountUnit } amount
            || !rate.TryChild("denominator", out var denominator) || Quantities.Read(denominator) is not { UnitPath: { } timeUnit } time)
            return [];

        return [ElementValue.OfText(
            rate,
            $"{amount.Path}.toString() & ' ' & {amountUnit} & ' per ' & {time.Path}.toString() & ' ' & {timeUnit}",
            $"{amount.Value.GetRawText()} {amount.Unit} per {time.Value.GetRawText()} {time.Unit}")];
    }

    /// <summary>The timing's code, else how often in which period.</summary>
    internal static ElementValue? FrequencyOf(ElementCursor timing)
    {
        if (CodeOf(timing) is { } name)
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
