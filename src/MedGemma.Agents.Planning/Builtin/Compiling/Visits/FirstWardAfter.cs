using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Times;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>"Which ward did she go to after intensive care": the first that she came to, where no other began in the same minute.</summary>
internal sealed class FirstWardAfter(IRecordQueryEngine engine)
{
    /// <summary>What a question for the next ward is refused with when several may be meant.</summary>
    public const string Refusal = "Several wards may have come after; ask for all of them, or by the day.";

    /// <summary>Whether the frame asks for the ward after an event.</summary>
    public static bool Applies(QuestionFrame frame) =>
        frame is { Anchor.Relation: AnchorRelation.After, Asking: Asking.Plain or Asking.Name, Ordering: null, LastCount: null } && frame.Topics.Any(mention => mention.Topic.Kinds is [RecordKind.CareUnit]);

    /// <summary>The query of the one ward, or null when none or more than one came first.</summary>
    public RecordQuery? Narrow(PatientRecord record, RecordQuery query, QueryContext context)
    {
        if (query.Selection is not { Kinds: [RecordKind.CareUnit], Window: { From: { } left } window })
            return null;

        var began = query with { Selection = query.Selection with { BeganInWindow = true }, Aggregate = new ListAggregate(), Element = ResultElement.Start };
        var starts = engine.Run(record, began, context).Values.Select(value => value.Time).ToArray();
        if (starts.Length == 0 || (starts.Length > 1 && starts[1] == starts[0]))
            return null;

        // A ward of another admission is not the one after.
        var first = engine.Run(record, began with { Aggregate = new EarliestAggregate() }, context).Values;
        return first is [{ Time: { } time }] && DateTimeOffset.TryParse(time, System.Globalization.CultureInfo.InvariantCulture, out var start) && start - left < TimeSpan.FromDays(2)
            ? began with { Aggregate = new EarliestAggregate(), Element = ResultElement.Name, Selection = began.Selection with { Window = window } }
            : null;
    }
}
