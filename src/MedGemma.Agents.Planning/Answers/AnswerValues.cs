using System.Text.Json;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>The scalars that an answer gives for a result.</summary>
internal static class AnswerValues
{
    /// <summary>The values; of what was chosen by its place or size each once, of a trend the direction.</summary>
    public static IEnumerable<JsonElement> Of(QueryResult result) => result.Query.Aggregate switch
    {
        TrendAggregate => result.Values.Select(value => value.Value).Where(value => value.ValueKind == JsonValueKind.String),
        LatestAggregate or EarliestAggregate or NthAggregate or ExtremeAggregate => result.Values.Select(value => value.Value).DistinctBy(value => value.GetRawText()),
        _ => result.Values.Select(value => value.Value),
    };
}
