using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Medicines;

/// <summary>"Is he allergic to hazelnuts" asks of now: an allergy that is recorded as resolved or inactive does not make it true, and is told of.</summary>
internal sealed class ResolvedAllergies(IRecordQueryEngine engine)
{
    private static readonly string[] s_active = ["active"];

    /// <summary>What the answer says where it was so.</summary>
    public const string Reading = "The record has such an allergy, but not as active: it is recorded as resolved or inactive.";

    /// <summary>The query over what is active, where all that matches is over; null where the one given stands.</summary>
    public RecordQuery? InsteadOf(PatientRecord record, QuestionFrame frame, RecordQuery query, QueryContext context)
    {
        if (query is not { Aggregate: ExistsAggregate, Selection: { Kinds: [RecordKind.Allergy], Concepts.Count: > 0, Window: null, Statuses: [] or ["active"], Verifications.Count: 0, NotCounted.Count: 0, CurrentOnly: false } } || !frame.IsPresent)
            return null;

        var active = query with { Selection = query.Selection with { Statuses = s_active } };
        return Says(record, query with { Selection = query.Selection with { Statuses = [] } }, JsonValueKind.True, context) && Says(record, active, JsonValueKind.False, context) ? active : null;
    }

    private bool Says(PatientRecord record, RecordQuery query, JsonValueKind answer, QueryContext context) =>
        engine.Run(record, query, context) is { Outcome: QueryOutcome.Found or QueryOutcome.SearchedAndEmpty, Values: [{ Value: var value }] } && value.ValueKind == answer;
}
