using System.Collections.Frozen;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Types that a choice element may take, by the suffix of the JSON property (https://hl7.org/fhir/R4/datatypes.html#open).</summary>
internal static class ChoiceTypes
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["Boolean"] = "boolean",
        ["Code"] = "code",
        ["Date"] = "date",
        ["DateTime"] = "dateTime",
        ["Decimal"] = "decimal",
        ["Instant"] = "instant",
        ["Integer"] = "integer",
        ["String"] = "string",
        ["Time"] = "time",
        ["Uri"] = "uri",
        ["Age"] = "Age",
        ["Attachment"] = "Attachment",
        ["CodeableConcept"] = "CodeableConcept",
        ["Coding"] = "Coding",
        ["Period"] = "Period",
        ["Quantity"] = "Quantity",
        ["Range"] = "Range",
        ["Ratio"] = "Ratio",
        ["Reference"] = "Reference",
        ["SampledData"] = "SampledData",
        ["Timing"] = "Timing",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Names.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool TryGetName(ReadOnlySpan<char> suffix, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? name) =>
        Lookup.TryGetValue(suffix, out name);
}
