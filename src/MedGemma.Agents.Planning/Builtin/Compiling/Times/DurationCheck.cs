using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Reading.Times;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Times;

/// <summary>Refuses a length that the record does not show: what is there without an end has one that nobody recorded, which is no "none".</summary>
internal sealed class DurationCheck(IRecordQueryEngine engine)
{
    /// <summary>Why the length cannot be given, or null.</summary>
    public string? Find(PatientRecord record, DurationAsk asked, RecordQuery query, QueryContext context)
    {
        if (query.Selection.Value is not null)
            return "For how long values lay beyond a bound is not recorded; ask for the values.";

        if (asked.IsOngoing)
        {
            var current = engine.Run(record, new RecordQuery(query.Selection with { CurrentOnly = true }, new ExistsAggregate()), context);
            return KindFamilies.AreStates(query.Selection.Kinds) && IsFound(engine, record, query, context) && current.Values is not [{ Value.ValueKind: System.Text.Json.JsonValueKind.True }, ..]
                ? "What is asked for is recorded, but not as lasting until now, so how long is not known."
                : null;
        }

        var length = engine.Run(record, query, context);
        return length.Outcome == QueryOutcome.SearchedAndEmpty && IsFound(engine, record, query, context) ? "It is recorded, but not from when to when; how long it lasted is not known." : null;
    }

    private static bool IsFound(IRecordQueryEngine engine, PatientRecord record, RecordQuery query, QueryContext context) =>
        engine.Run(record, new RecordQuery(query.Selection, new ExistsAggregate()), context).Values is [{ Value.ValueKind: System.Text.Json.JsonValueKind.True }, ..];
}
