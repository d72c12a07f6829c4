using System.Text.Json;

namespace MedGemma.Agents.Records.Sources;

/// <summary>What is looked up of a Patient resource to find it.</summary>
/// <param name="Match">The patient as a search shows it.</param>
/// <param name="Identifiers">System, possibly empty, and value of each identifier.</param>
internal sealed record PatientDetails(PatientMatch Match, IReadOnlyList<(string System, string Value)> Identifiers)
{
    /// <summary>Everything that a search looks through, case-folded.</summary>
    public string SearchText => string.Join('\n', [Match.Id, .. AllNames, .. Match.Identifiers]).ToLowerInvariant();

    private IReadOnlyList<string> AllNames { get; init; } = [];

    /// <summary>
    /// Whether two Patient resources of one id cannot be versions of one person's: no identifier and no name in common, and another birth date or none to
    /// compare. Two sources that number their patients alike meet so when their files are mixed.
    /// </summary>
    public bool IsAnotherPersonThan(PatientDetails other)
    {
        var isComparable = (AllNames.Count > 0 && other.AllNames.Count > 0) || (Match.BirthDate is not null && other.Match.BirthDate is not null);
        return isComparable
            && (Match.BirthDate is null || Match.BirthDate != other.Match.BirthDate)
            && !Identifiers.Intersect(other.Identifiers).Any()
            && !AllNames.Intersect(other.AllNames, StringComparer.OrdinalIgnoreCase).Any();
    }

    public static PatientDetails Read(string id, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var names = Items(root, "name").Select(NameOf).Where(static name => name.Text.Length > 0).ToList();
        var identifiers = Items(root, "identifier")
            .Select(static identifier => (System: Text(identifier, "system") ?? "", Value: Text(identifier, "value") ?? ""))
            .Where(static identifier => identifier.Value.Length > 0).ToList();
        var shown = names.Find(static name => name.Use is "official" or "usual") is { Text: not null } official ? official : names.FirstOrDefault();
        var match = new PatientMatch(id, shown.Text, Text(root, "birthDate"), Text(root, "gender"), [.. identifiers.Select(static identifier => identifier.Value)])
        {
            ReplacedBy = Items(root, "link")
                .Where(static link => Text(link, "type") == "replaced-by" && link.TryGetProperty("other", out _))
                .Select(static link => Text(link.GetProperty("other"), "reference")).FirstOrDefault(),
        };
        return new PatientDetails(match, identifiers) { AllNames = [.. names.Select(static name => name.Text)] };
    }

    private static (string? Use, string Text) NameOf(JsonElement name)
    {
        if (Text(name, "text") is { Length: > 0 } text)
            return (Text(name, "use"), text);

        var parts = Items(name, "given").Where(static given => given.ValueKind == JsonValueKind.String).Select(static given => given.GetString()!)
            .Append(Text(name, "family") ?? "").Where(static part => part.Length > 0);
        return (Text(name, "use"), string.Join(' ', parts));
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray()
            : default;

    private static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
