using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>"Was the last potassium above 5?": the comparison is about the one chosen value, not about any value that fits it.</summary>
internal sealed class PinnedComparison(IRecordQueryEngine engine)
{
    /// <summary>Whether a query compares a chosen value, or asks whether it has a status.</summary>
    /// <param name="query">The query.</param>
    /// <param name="asksYesNo">Whether yes or no is asked for; otherwise a status says which value is meant.</param>
    public static bool Applies(RecordQuery query, bool asksYesNo) =>
        (query.Selection.Value is not null || asksYesNo && query.Selection.Statuses.Count > 0) && query.Element is not (ResultElement.Start or ResultElement.End or ResultElement.StatusReason) && query.Aggregate is LatestAggregate or EarliestAggregate or NthAggregate;

    /// <summary>The query that asks the comparison of that value only, or null with the reason when there is no such value.</summary>
    public (RecordQuery? Query, string Reason) Pin(PatientRecord record, RecordQuery query, QueryContext context)
    {
        var chosen = engine.Run(record, query with { Selection = query.Selection with { Value = null, Statuses = [] }, Element = ResultElement.Default }, context);
        if (chosen.Outcome != QueryOutcome.Found || chosen.Values.Count == 0 || chosen.Values[0].Evidence.Count == 0
            || !record.TryFollow(chosen.Values[0].Evidence[0].Resource.ToString(), out var resource) || resource.When?.Start is not { } start)
            return (null, chosen.Problem?.Message ?? "There is no such value in what was supplied.");

        if (chosen.Values.GroupBy(value => value.Label).Any(group => group.Select(value => value.Value.ToString()).Distinct(StringComparer.Ordinal).Count() > 1))
            return (null, $"Several values are recorded for {chosen.Values[0].Time} and they differ; ask for the values themselves.");

        var window = new QueryWindow(start, start.AddTicks(1), chosen.Values[0].Time ?? "at its time");
        return (query with { Selection = query.Selection with { Window = window, RestsOn = [.. query.Selection.RestsOn.Union(query.Selection.Kinds)] }, Aggregate = new ExistsAggregate(), Element = ResultElement.Default },
            $"The value compared is the one of {chosen.Values[0].Time}.");
    }
}
