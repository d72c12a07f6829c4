using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>"The difference between her heaviest and lightest weight": the change between the times of the two extremes.</summary>
internal sealed class ExtremeDifference(IRecordQueryEngine engine)
{
    /// <summary>The query over the time from one extreme to the other, or null with the reason when there are not two.</summary>
    public (RecordQuery? Query, string Reason) Find(PatientRecord record, RecordQuery query, QueryContext context)
    {
        if (TimeOf(record, query, true, context) is not { } highest || TimeOf(record, query, false, context) is not { } lowest || highest == lowest)
            return (null, "There are no two values whose difference could be given.");

        // A difference of extremes has no sign: where the highest came first it is the fall to the lowest.
        if (highest < lowest)
        {
            var falling = new QueryWindow(highest, lowest.AddTicks(1), "between the highest and the lowest");
            return (query with { Selection = query.Selection with { Window = falling }, Aggregate = new DeltaAggregate(Fall: true), Element = ResultElement.Default }, "The difference is the fall from the time of the highest to that of the lowest value.");
        }

        var window = new QueryWindow(lowest, highest.AddTicks(1), "between the lowest and the highest");
        return (query with { Selection = query.Selection with { Window = window }, Aggregate = new DeltaAggregate(), Element = ResultElement.Default }, "The difference is the change from the time of the lowest to that of the highest value.");
    }

    private DateTimeOffset? TimeOf(PatientRecord record, RecordQuery query, bool highest, QueryContext context)
    {
        var result = engine.Run(record, query with { Aggregate = new ExtremeAggregate(highest), Element = ResultElement.Default }, context);
        return result.Outcome == QueryOutcome.Found && result.Values is [{ Evidence: [var evidence, ..] }, ..] && record.TryFollow(evidence.Resource.ToString(), out var resource) ? resource.When?.Start : null;
    }
}
