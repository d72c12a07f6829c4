using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Formulas.Running;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Queries.Running;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Queries;

/// <summary>Runs record queries in memory over time-ordered indexes of the record. Safe for concurrent use.</summary>
/// <param name="resolver">Finds what the words of a query mean in a record.</param>
/// <param name="units">Converts units.</param>
public sealed class RecordQueryEngine(IConceptResolver resolver, IUnitConverter units) : IRecordQueryEngine
{
    private readonly SelectionRunner _selections = new(resolver, units);

    /// <inheritdoc />
    public QueryResult Run(PatientRecord record, RecordQuery query, QueryContext context)
    {
        if (query.Aggregate is CalculateAggregate calculate)
            return new FormulaRunner(this, units).Run(record, query, calculate.Formula, context);

        var selected = _selections.Run(record, query.Selection, context);
        var later = query.Aggregate is TimeBetweenAggregate { Until: { } until } ? _selections.Run(record, until, context) : null;
        if (later is not null)
            Join(selected, later);

        var problem = selected.Problem ?? ElementProblem(selected, query.Element);
        if (problem is not null)
            return Failed(query, selected, problem);

        var run = new QueryRun(record, RecordIndex.Of(record), query, context, units, selected.IsOneConcept, selected.Notes);
        var outcome = AggregateRunner.Run(run, query.Aggregate, selected.Findings, later?.Findings);
        if (outcome.Problem is not null)
            return Failed(query, selected, outcome.Problem, CountingAggregates.Distinct(run, selected.Findings));

        return Result(record, query, selected, outcome.Values, CountingAggregates.Distinct(run, selected.Findings));
    }

    private static QueryResult Result(PatientRecord record, RecordQuery query, Selected selected, IReadOnlyList<ResultValue> values, int distinct)
    {
        var isFound = selected.Findings.Count > 0 && values.Count > 0;
        var unread = query.Element == ResultElement.Text ? UnreadOf(record, query, selected, isFound ? values : []) : [];
        if (unread.Count > 0)
        {
            selected.Notes.Add(UnreadText.Say(unread));
            selected.Undetermined ??= UnreadText.Say(unread);
        }

        if (!isFound && selected.Missing.Count == 0 && selected.Undetermined is { } reason)
            return Failed(query, selected, new QueryProblem("undetermined", reason), distinct) with { Unread = unread };

        if (isFound && query.Aggregate is CountAggregate or StatisticAggregate && selected.Incomplete is { } unknown)
            return Failed(query, selected, new QueryProblem("undetermined", unknown), distinct);

        var outcome = isFound ? QueryOutcome.Found : selected.Missing.Count == 0 ? QueryOutcome.SearchedAndEmpty : QueryOutcome.NotSupplied;
        return new QueryResult(
            query,
            outcome,
            outcome == QueryOutcome.NotSupplied ? [] : values,
            selected.Findings.Count,
            distinct,
            selected.Matches,
            [.. selected.Types],
            [.. selected.Missing],
            [.. selected.Notes.Distinct(StringComparer.Ordinal)],
            Problem: null)
        {
            Unread = unread,
        };
    }

    /// <summary>What could not be read of all that was asked for: where one was chosen, of that one.</summary>
    private static IReadOnlyList<UnreadText> UnreadOf(PatientRecord record, RecordQuery query, Selected selected, IReadOnlyList<ResultValue> values)
    {
        var chosen = query.Aggregate is ListAggregate || values.Count == 0 ? null : values.SelectMany(value => value.Evidence).Select(evidence => evidence.Resource).ToHashSet();
        return
        [
            .. selected.Findings.Select(finding => finding.Resource).Distinct()
                .Where(resource => chosen is null || chosen.Contains(resource.Key))
                .SelectMany(resource => TextElements.Unread(record, ElementCursor.Of(resource))),
        ];
    }

    private static QueryResult Failed(RecordQuery query, Selected selected, QueryProblem problem, int distinct = 0) => new(
        query,
        QueryOutcome.Failed,
        [],
        selected.Findings.Count,
        distinct,
        selected.Matches,
        [.. selected.Types],
        [.. selected.Missing],
        [.. selected.Notes.Distinct(StringComparer.Ordinal)],
        problem);

    private static void Join(Selected selected, Selected later)
    {
        selected.Matches.AddRange(later.Matches);
        selected.Types.UnionWith(later.Types);
        selected.Missing.UnionWith(later.Missing);
        selected.Notes.AddRange(later.Notes);
        selected.Problem ??= later.Problem;
        selected.Undetermined ??= later.Undetermined;
        selected.Incomplete ??= later.Incomplete;
    }

    private static QueryProblem? ElementProblem(Selected selected, ResultElement element) =>
        selected.Types.Count == 0 || selected.Types.Any(type => ElementApplicability.Has(type, element))
            ? null
            : new QueryProblem("element-not-of-kind", $"{element} is no element of {string.Join(", ", selected.Types)}.");
}
