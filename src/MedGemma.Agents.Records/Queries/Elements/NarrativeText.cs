using System.Text.Json;
using MedGemma.Agents.Records.Documents;
using MedGemma.Agents.Records.Queries.Derivations;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads the narrative of a resource or section (https://hl7.org/fhir/R4/narrative.html) that may say more than the coded data.</summary>
internal static class NarrativeText
{
    /// <summary>Its text, with the reading of the markup as its derivation; empty when it says no more than the data.</summary>
    /// <param name="holder">The resource or section.</param>
    /// <param name="label">What it is about when that is not the whole resource, or null.</param>
    public static IEnumerable<ElementValue> Read(ElementCursor holder, string? label)
    {
        if (!holder.TryChild("text", out var narrative)
            || (narrative.TryChild("status", out var status) && status.Text is "generated" or "empty")
            || !narrative.TryChild("div", out var div) || div.Text is null
            || HtmlText.Read(div.Text).Text is not { Length: > 0 } text)
            yield break;

        yield return new ElementValue(div.Holder, div.Path, JsonSerializer.SerializeToElement(text))
        {
            Label = label,
            Computed = new Computation(DerivationParameters.Narrative, [div.ToValue()], new Dictionary<string, string>()),
        };
    }
}
