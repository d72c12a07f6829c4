using System.Text.Json;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Count and exists.</summary>
internal static class CountingAggregates
{
    /// <summary>How many resources or distinct concepts; the other count is noted beside it.</summary>
    public static AggregateOutcome Count(QueryRun run, CountAggregate count, IReadOnlyList<Finding> findings)
    {
        var groups = Groups(run, findings);
        var distinct = groups.Count == 0 ? 0 : groups.Max() + 1;

        var inputs = findings.Select(ResultValues.ExistenceOf).ToList();
        var value = count.Distinct
            ? ResultValues.Derived(JsonSerializer.SerializeToElement(distinct), null, null, "count-distinct", inputs,
                new Dictionary<string, string> { [DerivationParameters.Concepts] = string.Join(',', groups) })
            : ResultValues.Derived(JsonSerializer.SerializeToElement(findings.Count), null, null, "count", inputs, new Dictionary<string, string>());
        return new AggregateOutcome([value]);
    }

    /// <summary>Whether there is any.</summary>
    public static AggregateOutcome Exists(IReadOnlyList<Finding> findings)
    {
        var inputs = findings.SelectMany(finding => finding.Follows is { } before ? new[] { before, finding } : [finding]).Select(ResultValues.ExistenceOf).Distinct().ToList();
        var qualifiers = findings.Count > 0 && findings.All(finding => finding.Resource.Labels.Length > 0)
            ? findings.SelectMany(finding => finding.Resource.Labels).Distinct(StringComparer.Ordinal)
            : [];
        return new AggregateOutcome(
            [ResultValues.Derived(JsonSerializer.SerializeToElement(findings.Count > 0), null, null, "exists", inputs, new Dictionary<string, string>(), qualifiers)]);
    }

    /// <summary>Number of distinct concepts among findings.</summary>
    public static int Distinct(QueryRun run, IReadOnlyList<Finding> findings)
    {
        var groups = Groups(run, findings);
        return groups.Count == 0 ? 0 : groups.Max() + 1;
    }

    private static List<int> Groups(QueryRun run, IReadOnlyList<Finding> findings)
    {
        var numbers = new Dictionary<object, int>();
        return [.. findings.Select(finding =>
        {
            var key = ConceptKeys.Of(run.Record, run.Index, finding);
            if (!numbers.TryGetValue(key, out var number))
                numbers.Add(key, number = numbers.Count);
            return number;
        })];
    }
}
