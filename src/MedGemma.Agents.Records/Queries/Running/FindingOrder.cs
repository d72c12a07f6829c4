using System.Text.Json;
using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Puts dated findings in the order that first, last and nth mean.</summary>
internal static class FindingOrder
{
    /// <summary>The findings in order, which come in that of their clinical time.</summary>
    public static List<Finding> Sort(QueryRun run, List<Finding> dated)
    {
        var ordering = run.Context.Ordering;
        if (ordering == ResourceOrdering.ByClinicalTime || dated.Count < 2)
            return dated;

        var named = dated.Select(finding => finding.Resource.Key.Type).Where(ordering.Elements.ContainsKey).Distinct(StringComparer.Ordinal).ToList();
        foreach (var type in named)
            run.Notes.Add($"{type}s are ordered by {ordering.Elements[type]}; those without it come first.");
        return [.. dated.OrderBy(finding => Place(run, finding)).ThenBy(PartStart).ThenBy(finding => finding.Resource.Position)];
    }

    /// <summary>What shares the place of the chosen one and is taken with it.</summary>
    public static List<Finding> Tied(QueryRun run, List<Finding> sorted, Finding chosen)
    {
        if (!run.Context.Ordering.OneOfTied.Contains(chosen.Resource.Key.Type))
            return sorted.FindAll(finding => finding.Start == chosen.Start);

        var others = sorted.Count(finding => finding.Start == chosen.Start) - 1;
        if (others > 0)
            run.Notes.Add($"Recorded for the same time and left out: {others}.");
        return [chosen];
    }

    private static DateTimeOffset Place(QueryRun run, Finding finding) =>
        run.Context.Ordering.Elements.TryGetValue(finding.Resource.Key.Type, out var path)
            ? ElementTime(finding.Resource.Json, path, run.Context.Zone) ?? DateTimeOffset.MinValue
            : finding.Start!.Value;

    /// <summary>Care units follow one another within their stay.</summary>
    private static DateTimeOffset PartStart(Finding finding) => finding.Part < 0 ? DateTimeOffset.MinValue : finding.Start!.Value;

    private static DateTimeOffset? ElementTime(JsonElement json, string path, TimeZoneInfo zone)
    {
        foreach (var name in path.Split('.'))
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
                return null;
        }

        return json.ValueKind == JsonValueKind.String && FhirTime.TryParse(json.GetString(), zone, out var interval, out _) ? interval.Start : null;
    }
}
