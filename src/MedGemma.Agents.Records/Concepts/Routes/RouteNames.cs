using System.Collections.Frozen;
using System.Text.Json;

namespace MedGemma.Agents.Records.Concepts.Routes;

/// <summary>
/// The ways in which one route of administration is written: "IV", "intravenous", SNOMED CT 47625008. The data is <c>routes.json</c>, with its sources. Safe for concurrent use.
/// </summary>
internal static class RouteNames
{
    private static readonly FrozenDictionary<string, Route> s_byName;
    private static readonly FrozenDictionary<string, Route> s_byCode;

    static RouteNames()
    {
        using var stream = typeof(RouteNames).Assembly.GetManifestResourceStream($"{typeof(RouteNames).Namespace}.routes.json") ?? throw new InvalidDataException("The embedded routes.json is missing.");
        using var document = JsonDocument.Parse(stream);
        var (names, codes) = (new Dictionary<string, Route>(StringComparer.Ordinal), new Dictionary<string, Route>(StringComparer.Ordinal));
        foreach (var row in document.RootElement.GetProperty("routes").EnumerateArray())
        {
            var route = new Route(row.GetProperty("name").GetString()!, row.TryGetProperty("within", out var wider) ? wider.GetString() : null);
            foreach (var name in row.GetProperty("names").EnumerateArray())
                names.Add(Key(name.GetString()!), route);
            foreach (var code in row.GetProperty("codes").EnumerateArray())
                codes.Add(code.GetString()!, route);
        }

        (s_byName, s_byCode) = (names.ToFrozenDictionary(StringComparer.Ordinal), codes.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>Whether a recorded route is the one asked for.</summary>
    /// <param name="asked">The route asked for, however it is written.</param>
    /// <param name="recorded">Codes, displays and text of the recorded one.</param>
    /// <returns>
    /// Null where that cannot be said: the recorded one is written in no known way, or is a kind of the one asked for, as a drip is of an intravenous route, and may or may not be meant.
    /// </returns>
    public static bool? Are(string asked, IReadOnlyCollection<string> recorded)
    {
        var key = Key(asked);
        if (recorded.Any(name => Key(name) == key))
            return true;
        if (Find(asked) is not { } wanted)
            return false;

        var routes = recorded.Select(Find).OfType<Route>().ToList();
        return routes.Contains(wanted) ? true : routes.Count == 0 || routes.Exists(route => route.Within == wanted.Name) ? null : false;
    }

    private static Route? Find(string written) => s_byName.GetValueOrDefault(Key(written)) ?? s_byCode.GetValueOrDefault(written.Trim());

    private static string Key(string name) => string.Join(' ', PhraseText.Words(name));

    private sealed record Route(string Name, string? Within);
}
