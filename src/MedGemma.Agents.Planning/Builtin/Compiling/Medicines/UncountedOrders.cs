using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Medicines;

/// <summary>The status of an order that never counts, a draft or a cancelled one, is still its status.</summary>
internal static class UncountedOrders
{
    private static readonly string[] s_labels = ["cancelled", "draft", "entered in error", "do not perform", "declined", "not taken"];

    /// <summary>The query, over what does not count where nothing counts that it is about.</summary>
    public static RecordQuery Find(PatientRecord record, RecordQuery query, IRecordQueryEngine engine, QueryContext context)
    {
        if (engine.Run(record, query, context).Matched > 0)
            return query;

        var uncounted = s_labels.Select(label => query with { Selection = query.Selection with { NotCounted = [label] } }).FirstOrDefault(one => engine.Run(record, one, context).Matched > 0);
        return uncounted ?? query;
    }
}
