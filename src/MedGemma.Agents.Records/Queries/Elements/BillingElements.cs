using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads who pays, what was billed and what was paid (https://hl7.org/fhir/R4/claim.html).</summary>
internal static class BillingElements
{
    /// <summary>The values of the element.</summary>
    public static IEnumerable<ElementValue> Read(PatientRecord record, ElementCursor resource, ResultElement element) => element switch
    {
        ResultElement.Billed when References.TypeOf(resource) == "ExplanationOfBenefit" => resource.Children("total").SelectMany(Total),
        ResultElement.Billed => resource.Children("total").Select(Money).OfType<ElementValue>(),
        ResultElement.Paid => resource.Descend("payment", "amount").Select(Money).OfType<ElementValue>(),
        _ => Payers(record, resource),
    };

    private static IEnumerable<ElementValue> Total(ElementCursor total)
    {
        var category = total.Children("category").Select(CodeableConcepts.Name).FirstOrDefault()?.Value.GetString();
        return total.Children("amount").Select(Money).OfType<ElementValue>().Select(amount => amount with { Label = category });
    }

    /// <summary>A Money has its currency where a Quantity has its unit.</summary>
    private static ElementValue? Money(ElementCursor money)
    {
        if (Quantities.Read(money) is not { } amount)
            return null;

        return money.TryChild("currency", out var currency) && currency.Text is { } code ? amount with { Unit = code, UnitPath = currency.Path } : amount;
    }

    private static IEnumerable<ElementValue> Payers(PatientRecord record, ElementCursor resource)
    {
        var named = Names(record, resource.Children("payor").Concat(resource.Children("insurer"))).ToList();
        return named.Count > 0 ? named : Names(record, resource.Descend("insurance", "coverage"));
    }

    private static IEnumerable<ElementValue> Names(PatientRecord record, IEnumerable<ElementCursor> references) =>
        references.Select(reference => References.Name(record, reference)).OfType<ElementValue>();
}
