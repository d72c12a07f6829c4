namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads how much was ordered or dispensed and for how long.</summary>
internal static class SupplyElements
{
    /// <summary>Quantity dispensed, or to be dispensed.</summary>
    public static IEnumerable<ElementValue> Quantities(ElementCursor resource) =>
        resource.Children("quantity").Concat(resource.Descend("dispenseRequest", "quantity")).Select(Elements.Quantities.Read).OfType<ElementValue>();

    /// <summary>How long it lasts.</summary>
    public static IEnumerable<ElementValue> Days(ElementCursor resource) =>
        resource.Children("daysSupply").Concat(resource.Descend("dispenseRequest", "expectedSupplyDuration")).Select(Elements.Quantities.Read).OfType<ElementValue>();

    /// <summary>Number of repeats that an order allows.</summary>
    public static IEnumerable<ElementValue> Repeats(ElementCursor resource) =>
        resource.Descend("dispenseRequest", "numberOfRepeatsAllowed").Select(repeats => repeats.ToValue());
}
