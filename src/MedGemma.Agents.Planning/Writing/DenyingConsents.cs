using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Planning.Writing;

/// <summary>
/// Finds the consents in force that deny or restrict something (<see href="https://hl7.org/fhir/R4/consent.html"/>): what exactly is for people to read. A consent to research says
/// nothing about care and is left out.
/// </summary>
internal static class DenyingConsents
{
    private static readonly string[] s_optOut = ["OPTOUT", "OPTOUTE"];
    private static readonly string[] s_restricted = ["R", "V"];

    /// <summary>A sentence for each.</summary>
    public static IEnumerable<string> Banners(PatientRecord record, QueryContext context) => record.OfKind(RecordKind.Consent)
        .Where(consent => consent.Status == "active" && consent.Standing != Standing.NeverCounts && !(consent.When?.Start > context.AsOf) && !(consent.RecordedAt > context.AsOf))
        .Where(consent => !Codes(consent.Json, "scope").Contains("research", StringComparer.Ordinal))
        .Where(consent => IsOptOut(consent.Json) || Denies(Child(consent.Json, "provision"), context))
        .Select(consent => $"A consent in force denies or restricts something: {DisplayText.Bound(consent.Concept?.Name ?? "not named")} ({consent.Key}).");

    private static bool IsOptOut(JsonElement consent) => Codes(consent, "policyRule").Concat(Codes(consent, "category")).Intersect(s_optOut, StringComparer.OrdinalIgnoreCase).Any();

    /// <summary>Whether a rule that holds at the instant of the question, or one within it, denies.</summary>
    private static bool Denies(JsonElement? rule, QueryContext context)
    {
        if (rule is not { ValueKind: JsonValueKind.Object } provision || !Holds(provision, context))
            return false;

        return Text(provision, "type") == "deny"
            || Codes(provision, "securityLabel").Intersect(s_restricted, StringComparer.Ordinal).Any()
            || Codes(provision, "code").Intersect(s_optOut, StringComparer.OrdinalIgnoreCase).Any()
            || (Child(provision, "provision") is { ValueKind: JsonValueKind.Array } within && within.EnumerateArray().Any(inner => Denies(inner, context)));
    }

    private static bool Holds(JsonElement provision, QueryContext context)
    {
        if (Child(provision, "period") is not { ValueKind: JsonValueKind.Object } period)
            return true;

        var hasBegun = Text(period, "start") is not { } start || !FhirTime.TryParse(start, context.Zone, out var from, out _) || !(from.Start > context.AsOf);
        var hasEnded = Text(period, "end") is { } end && FhirTime.TryParse(end, context.Zone, out var until, out _) && until.End <= context.AsOf;
        return hasBegun && !hasEnded;
    }

    /// <summary>The codes of an element that is a Coding, a CodeableConcept or a list of either.</summary>
    private static IEnumerable<string> Codes(JsonElement holder, string name)
    {
        if (Child(holder, name) is not { } element)
            return [];

        var concepts = element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().ToArray() : [element];
        return concepts.SelectMany(concept => Child(concept, "coding") is { ValueKind: JsonValueKind.Array } codings ? codings.EnumerateArray().ToArray() : [concept])
            .Select(coding => Text(coding, "code"))
            .OfType<string>();
    }

    private static JsonElement? Child(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var child) ? child : null;

    private static string? Text(JsonElement json, string name) => Child(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
