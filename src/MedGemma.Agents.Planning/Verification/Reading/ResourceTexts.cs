using System.Text.Json;

namespace MedGemma.Agents.Planning.Verification.Reading;

/// <summary>Words of a resource, other than its name, that a sentence about it may use.</summary>
internal static class ResourceTexts
{
    private static readonly string[] Elements = ["bodySite", "interpretation", "relationship"];
    private static readonly string[] ConditionStatusElements = ["clinicalStatus", "verificationStatus"];

    // https://terminology.hl7.org/CodeSystem-v3-ObservationInterpretation.html
    private static readonly Dictionary<string, string> Interpretations = new(StringComparer.Ordinal)
    {
        ["H"] = "high", ["HH"] = "critically high", ["L"] = "low", ["LL"] = "critically low", ["N"] = "normal", ["A"] = "abnormal", ["AA"] = "critically abnormal",
        ["R"] = "resistant", ["S"] = "susceptible", ["I"] = "intermediate", ["POS"] = "positive", ["NEG"] = "negative",
    };

    /// <summary>Body site, interpretation and family relationship.</summary>
    public static IEnumerable<string> Of(JsonElement resource) =>
        resource.ValueKind != JsonValueKind.Object
            ? []
            : Elements.SelectMany(name => resource.TryGetProperty(name, out var element) ? ConceptTexts(element) : []);

    /// <summary>Codes of clinical and verification status.</summary>
    public static IEnumerable<string> ConditionStatuses(JsonElement resource) =>
        resource.ValueKind != JsonValueKind.Object
            ? []
            : ConditionStatusElements.SelectMany(name => resource.TryGetProperty(name, out var element) ? Strings(element, "code") : []);

    private static IEnumerable<string> ConceptTexts(JsonElement element) =>
        Strings(element, "text").Concat(Strings(element, "display")).Concat(
            Strings(element, "code").Select(code => Interpretations.GetValueOrDefault(code)).OfType<string>());

    private static IEnumerable<string> Strings(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Strings(item, name)),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.NameEquals(name) && property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is { } text
                ? [text]
                : Strings(property.Value, name)),
        _ => [],
    };
}
