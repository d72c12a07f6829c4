using System.Collections.Frozen;
using System.Text.Json;

namespace MedGemma.Agents.Records.Sources;

/// <summary>
/// A <c>manifest.json</c> beside data files, which vouches for the files in its folder and below. Two forms are understood: our own,
/// <c>{"complete": "all"}</c> or <c>{"complete": ["Observation", ...]}</c>, and the response of a FHIR bulk export
/// (<see href="https://hl7.org/fhir/uv/bulkdata/export.html#response---complete-status"/>), which proves completeness only when it reports no errors,
/// when every output file is there with as many resources as stated, and when the request had neither <c>_since</c> nor <c>_typeFilter</c>.
/// </summary>
internal static class CompletenessManifest
{
    /// <summary>What a manifest proves.</summary>
    /// <param name="path">The manifest.</param>
    /// <param name="resourcesOf">How many resources were read from a file, or null when it was not read.</param>
    /// <returns>Null when it is neither of the two forms.</returns>
    public static CompleteTypes? Read(string path, Func<string, int?> resourcesOf)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return null;

            if (root.TryGetProperty("complete", out var complete))
                return Own(complete);

            return root.TryGetProperty("output", out var output) && root.TryGetProperty("request", out var request)
                ? Bulk(Path.GetDirectoryName(path) ?? "", root, output, request.GetString() ?? "", resourcesOf)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static CompleteTypes? Own(JsonElement complete)
    {
        string[] words = complete.ValueKind == JsonValueKind.String
            ? [complete.GetString()!]
            : [.. complete.EnumerateArray().Select(static word => word.GetString() ?? "")];
        return CompleteTypes.TryParse(words, out var types, out _) ? types : null;
    }

    private static CompleteTypes? Bulk(string folder, JsonElement root, JsonElement output, string request, Func<string, int?> resourcesOf)
    {
        if (root.TryGetProperty("error", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0)
            return CompleteTypes.None;

        var query = request.Contains('?', StringComparison.Ordinal) ? request[(request.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";
        var parameters = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToList();
        if (parameters.Exists(static parameter => parameter.StartsWith("_since=", StringComparison.Ordinal) || parameter.StartsWith("_typeFilter=", StringComparison.Ordinal)))
            return CompleteTypes.None;

        foreach (var entry in output.EnumerateArray())
        {
            var name = Path.GetFileName(new Uri(new Uri("file:///"), entry.GetProperty("url").GetString()!).LocalPath);
            var read = resourcesOf(Path.Combine(folder, name)) ?? resourcesOf(Path.Combine(folder, name + ".gz"));
            if (read is null || (entry.TryGetProperty("count", out var count) && count.GetInt32() != read))
                return CompleteTypes.None;
        }

        var types = parameters.Where(static parameter => parameter.StartsWith("_type=", StringComparison.Ordinal))
            .SelectMany(static parameter => parameter["_type=".Length..].Split(',')).ToFrozenSet(StringComparer.Ordinal);
        return types.Count == 0 ? CompleteTypes.Everything : new CompleteTypes(false, types);
    }
}
