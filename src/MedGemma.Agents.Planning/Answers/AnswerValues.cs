using System.Text.Json;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>The scalars that an answer gives for a result.</summary>
internal static class AnswerValues
{
    /// <summary>The values; of what was chosen by its place or size each once, of a trend the direction; a score that is only a bound is no number, but ">=2".</summary>
    public static IEnumerable<JsonElement> Of(QueryResult result) => result.Query.Aggregate switch
    {
        CalculateAggregate => result.Values.Select(value => value.Comparator is { } bound ? JsonSerializer.SerializeToElement($"{bound}{value.Value}") : value.Value),
        TrendAggregate => result.Values.Select(value => value.Value).Where(value => value.ValueKind == JsonValueKind.String),
        LatestAggregate or EarliestAggregate or NthAggregate or ExtremeAggregate => result.Values.Select(value => value.Value).DistinctBy(value => value.GetRawText()),
        _ => result.Values.Select(value => value.Value),
    };

    /// <summary>The unit of all numbers of the results, or null when they have none or differ.</summary>
    public static string? CommonUnit(IReadOnlyList<QueryResult> results)
    {
        string? unit = null;
        foreach (var value in results.SelectMany(result => result.Values).Where(value => value.Value.ValueKind == JsonValueKind.Number))
        {
            if (value.Unit is null || (unit is not null && unit != value.Unit))
                return null;
            unit = value.Unit;
        }

        return unit;
    }
}
