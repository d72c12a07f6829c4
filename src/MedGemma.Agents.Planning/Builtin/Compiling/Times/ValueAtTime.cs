using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Times;

/// <summary>"Is it higher than in March?": finds the value of the stated time and bounds the comparison by it.</summary>
internal sealed class ValueAtTime(IRecordQueryEngine engine)
{
    /// <summary>The comparison from the one value to the other, or null with the reason when a side has no value, or several that no word chooses from.</summary>
    /// <param name="record">The record.</param>
    /// <param name="query">The comparison; its window, if any, is that of the other value.</param>
    /// <param name="stated">The window of the value compared with.</param>
    /// <param name="chosen">Which value of that window is meant where the question says it by an event ("on admission" is the first), or null when there must be one.</param>
    /// <param name="context">Instant and zone.</param>
    public (RecordQuery? Query, string Reason) Compare(PatientRecord record, RecordQuery query, QueryWindow stated, Aggregate? chosen, QueryContext context)
    {
        var (before, why) = TimeOf(record, query, stated, chosen, context);
        if (before is not { } from)
            return (null, why);

        var own = query.Selection.Window;
        var (after, whyNot) = TimeOf(record, query, own, own is null ? new LatestAggregate() : null, context);
        if (after is not { } until)
            return (null, whyNot);

        if (from == until)
            return (null, "The two values that the question compares are the same one.");

        // "Was it higher in 2014 than in 2016": the value compared with is the later one.
        var aggregate = from < until ? query.Aggregate : query.Aggregate switch
        {
            ChangedAggregate changed => changed with { Higher = !changed.Higher },
            DeltaAggregate delta => delta with { Fall = !delta.Fall },
            _ => query.Aggregate,
        };
        var (first, last) = from < until ? (from, until) : (until, from);
        var window = new QueryWindow(first, last.AddTicks(1), $"{stated.Text} and {(own is null ? "the latest" : own.Text)}");
        return (query with { Selection = query.Selection with { Window = window, RestsOn = [.. query.Selection.RestsOn.Union(query.Selection.Kinds)] }, Aggregate = aggregate },
            $"The value of {first:yyyy-MM-dd} is compared with that of {last:yyyy-MM-dd}.");
    }

    private (DateTimeOffset? Time, string Reason) TimeOf(PatientRecord record, RecordQuery query, QueryWindow? window, Aggregate? chosen, QueryContext context)
    {
        var result = engine.Run(record, query with { Selection = query.Selection with { Window = window }, Aggregate = chosen ?? new ListAggregate(), Element = ResultElement.Default }, context);
        var times = result.Values.SelectMany(value => value.Evidence.Take(1))
            .Select(evidence => record.TryFollow(evidence.Resource.ToString(), out var resource) ? resource.When?.Start : null)
            .OfType<DateTimeOffset>().Distinct().ToArray();
        return times switch
        {
            [var only] => (only, ""),
            [] => (null, $"There is no value {window?.Text} to compare."),
            _ => (null, $"Several values are recorded {window?.Text}; say which one is compared, by its date."),
        };
    }
}
