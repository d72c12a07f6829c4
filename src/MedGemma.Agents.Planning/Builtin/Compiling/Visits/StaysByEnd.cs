using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>"Where was he discharged to in September": the time is that of the end of a stay, which may have begun before it.</summary>
internal sealed class StaysByEnd(IRecordQueryEngine engine)
{
    /// <summary>The query of the one stay that ended in the stated time, or null when none or several did, or the end is not asked for.</summary>
    public RecordQuery? Narrow(PatientRecord record, RecordQuery query, QueryContext context)
    {
        if (query.Selection is not { Window: { } window, Encounter: null } || query.Element is not (ResultElement.End or ResultElement.DischargeDisposition or ResultElement.Discharger) || query.Aggregate is CountAggregate or ExistsAggregate
            || query.Selection.Kinds.Count == 0 || !KindFamilies.AreStays(query.Selection.Kinds))
            return null;

        var all = engine.Run(record, query with { Selection = query.Selection with { Window = null }, Aggregate = new ListAggregate(), Element = ResultElement.Start }, context);
        var ended = all.Values.SelectMany(value => value.Evidence)
            .Select(evidence => record.TryFollow(evidence.Resource.ToString(), out var stay) ? stay : null)
            .OfType<RecordResource>()
            .Distinct()
            .Where(stay => stay.When is { Start: not null, End: { } end } && !(end < window.From) && !(end >= window.Until) && end <= context.AsOf)
            .ToArray();
        return ended is [var one] ? query with { Selection = query.Selection with { Window = null, Encounter = one.Key.ToString(), RestsOn = [.. query.Selection.RestsOn.Union(query.Selection.Kinds)] } } : null;
    }
}
