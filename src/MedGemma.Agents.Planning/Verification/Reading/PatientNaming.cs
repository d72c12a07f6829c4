using System.Collections.Frozen;
using System.Text.Json;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Verification.Reading;

/// <summary>How the patient of a record may be named.</summary>
/// <param name="NameWords">Words of the patient's names.</param>
/// <param name="Identifiers">Identifier values and the logical id.</param>
internal sealed record PatientNaming(FrozenSet<string> NameWords, FrozenSet<string> Identifiers)
{
    private const int LongestPart = 4;
    private const int LongestWholeName = 8;

    public static PatientNaming Read(PatientRecord record)
    {
        var json = record.Patient.Json;
        var identifiers = Items(json, "identifier").Select(identifier => Text(identifier, "value")).OfType<string>().Append(record.Patient.Key.Id).ToList();
        return new PatientNaming(
            Items(json, "name").SelectMany(NameParts).Concat(identifiers).SelectMany(Reading.NameWords.Of).ToFrozenSet(StringComparer.Ordinal),
            identifiers.ToFrozenSet(StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> NameParts(JsonElement name)
    {
        if (Text(name, "text") is { } text && IsName(text, LongestWholeName))
            yield return text;
        if (Text(name, "family") is { } family && IsName(family, LongestPart))
            yield return family;
        foreach (var part in Items(name, "given").Concat(Items(name, "prefix")).Concat(Items(name, "suffix")))
        {
            if (part.ValueKind == JsonValueKind.String && IsName(part.GetString()!, LongestPart))
                yield return part.GetString()!;
        }
    }

    // Words of a name may be said without further evidence; a sentence in the place of a name may not.
    private static bool IsName(string text, int mostWords) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length <= mostWords;

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray()
            : default;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
