using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>What an appointment is for, where it records no reason: the service or the description that it is called by.</summary>
internal sealed class AppointmentPurpose(IRecordQueryEngine engine)
{
    /// <summary>The query of what the appointments are called, or null when their reasons are recorded or not asked for.</summary>
    public RecordQuery? InsteadOf(PatientRecord record, RecordQuery query, QueryContext context)
    {
        if (query is not { Element: ResultElement.Reason, Selection.Kinds: [RecordKind.Appointment] } || engine.Run(record, query, context).Outcome != QueryOutcome.SearchedAndEmpty)
            return null;

        var called = query with { Element = ResultElement.Name };
        return engine.Run(record, called, context).Outcome == QueryOutcome.Found ? called : null;
    }
}
