using System.Runtime.CompilerServices;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Prompts;

/// <summary>Writes the overview of a record, once a record where the question is asked after everything in it. Safe for concurrent use.</summary>
/// <param name="options">How long it may be.</param>
public sealed class RecordOverviews(RecordOverviewOptions options)
{
    private readonly ConditionalWeakTable<PatientRecord, string> _whole = [];

    /// <summary>The overview of what exists at the instant of a question. The same record gives the same text, so that a model's state for it can be used again.</summary>
    /// <param name="record">The record.</param>
    /// <param name="context">Instant and zone of the question.</param>
    public string Of(PatientRecord record, QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(context);
        return record.LatestKnown is null || record.LatestKnown <= context.AsOf
            ? _whole.GetValue(record, whole => RecordOverviewWriter.Write(whole, null, options))
            : RecordOverviewWriter.Write(record, context.AsOf, options);
    }
}
