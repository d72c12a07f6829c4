using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>
/// What is asked of a group of tests. A panel that is recorded as a report is counted and dated by its reports, and its results are those of the report; of a group without a report the last
/// result is the last of each test, and how often it was done is not known: its tests are not panels.
/// </summary>
internal sealed class Panels(IRecordQueryEngine engine, ConceptVocabulary vocabulary)
{
    /// <summary>The query as it is meant of a panel, the one given when it names none, or null with the reason when it cannot be answered.</summary>
    /// <param name="record">The record.</param>
    /// <param name="query">The query.</param>
    /// <param name="asksTime">Whether the question asks when; else the time of a panel stands only for its results.</param>
    /// <param name="context">Instant and zone.</param>
    public (RecordQuery? Query, string Reason) Read(PatientRecord record, RecordQuery query, bool asksTime, QueryContext context)
    {
        if (query.Element is ResultElement.Start && !asksTime && query.Aggregate is LatestAggregate or EarliestAggregate)
            return Read(record, query with { Element = ResultElement.Default }, asksTime, context) is ({ } meant, _) && meant.Element is not ResultElement.Default ? (meant, "") : (query, "");

        var selection = query.Selection;
        if (selection is not { Concepts: [var name], Value: null, Statuses.Count: 0 } || !selection.Kinds.All(IsOfTests) || !vocabulary.Find(name).Any(term => term.IsGroup && term.Kinds.Contains(RecordKind.LaboratoryResult)))
            return (query, "");

        var asReport = query with { Selection = selection with { Kinds = [RecordKind.DiagnosticReport] } };
        var isReported = engine.Run(record, asReport with { Selection = asReport.Selection with { Window = null }, Aggregate = new LatestAggregate(), Element = ResultElement.Start }, context).Outcome == QueryOutcome.Found;
        if (query.Aggregate is CountAggregate or ExistsAggregate or GroupAggregate { Each: CountAggregate } || query.Element is ResultElement.Start)
        {
            return isReported ? (asReport, "")
                : query.Aggregate is CountAggregate or GroupAggregate && Members(record, query, context) > 1 ? (null, $"How often \"{name}\" was done is not recorded as such, only its tests; ask for one of them.")
                : (query, "");
        }

        if (query is not { Aggregate: LatestAggregate or EarliestAggregate, Element: ResultElement.Default or ResultElement.Value })
            return (query, "");

        var results = asReport with { Element = ResultElement.Value };
        if (isReported && engine.Run(record, results, context) is { Outcome: QueryOutcome.Found } found && found.Values.Any(value => value.Value.ValueKind == System.Text.Json.JsonValueKind.Number))
            return (results, "");

        return Members(record, query, context) > 1
            ? (query with { Selection = selection with { Kinds = [.. selection.Kinds.Where(kind => kind is not RecordKind.DiagnosticReport)] }, Aggregate = new GroupAggregate(GroupKey.Concept, query.Aggregate) }, "")
            : (query, "");
    }

    private int Members(PatientRecord record, RecordQuery query, QueryContext context) =>
        engine.Run(record, query with { Aggregate = new CountAggregate(Distinct: true), Element = ResultElement.Default }, context).Values is [{ Value: var count }, ..] && count.TryGetInt32(out var many) ? many : 0;

    private static bool IsOfTests(RecordKind kind) => kind is RecordKind.LaboratoryResult or RecordKind.Observation or RecordKind.DiagnosticReport;
}
