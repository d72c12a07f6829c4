using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Formulas.Running;

/// <summary>
/// Calculates a formula over a record. An input that is not found leaves the result open and is named; nothing is ever put in its place. What was taken, how
/// old it is, and for whom the formula holds are said with the result. A score some of whose histories are not found is the least that it may be, and says which they are.
/// </summary>
/// <param name="engine">Runs the queries for the inputs.</param>
/// <param name="units">Converts units.</param>
internal sealed class FormulaRunner(IRecordQueryEngine engine, IUnitConverter units)
{
    private const string AtLeast = ">=";

    /// <summary>Calculates.</summary>
    public QueryResult Run(PatientRecord record, RecordQuery query, FormulaName name, QueryContext context)
    {
        var formula = FormulaCatalog.Of(name);
        var reader = new InputReader(engine, units, record, context, query.Selection.Window);
        var readings = formula.Inputs.Select(reader.Read).ToList();
        var open = readings.OfType<InputReading.Open>().Select(reading => reading.Reason).ToList();
        if (open.Count > 0)
            return Failed(query, reader, formula, "input-not-found", string.Join("; ", open));

        var measured = readings.OfType<InputReading.Measured>().OrderBy(reading => reading.Input.IsOptional).ToList();
        if (MeasurementChoice.Choose(measured, formula.Together, out var problem) is not { } chosen)
            return Failed(query, reader, formula, "input-not-found", problem!);

        var inputs = new FormulaDerivationWriter(formula, reader.Moment, context.Zone);
        foreach (var reading in readings)
        {
            if (reading is InputReading.Settled settled)
                inputs.Add(settled);
            else if (reading is InputReading.Measured one && chosen.TryGetValue(one.Input, out var taken))
                inputs.Add(one.Input, taken);
        }

        var derivation = inputs.ToDerivation();
        switch (FormulaDerivation.Compute(derivation, units))
        {
            case FormulaOutcome.Computed computed:
                var notFound = readings.OfType<InputReading.Settled>().Where(reading => reading is { Input: HistoryInput { IsScored: true }, Evidence.Count: 0 }).Select(reading => reading.Input.Name).ToList();
                var most = notFound.Count == 0 ? computed.Value : (FormulaDerivation.Compute(derivation, units, notFound) as FormulaOutcome.Computed)?.Value;
                var atLeast = most == computed.Value ? null : AtLeast;
                var value = new ResultValue(JsonSerializer.SerializeToElement(computed.Value), formula.Unit, formula.Title, atLeast, null, [], derivation.Inputs, derivation);
                return Result(query, reader, QueryOutcome.Found, [value], [.. FormulaNotes.Of(formula, reader.Moment, readings, chosen, computed, most)], null);
            case FormulaOutcome.NotValid not:
                return Failed(query, reader, formula, "formula-not-valid", not.Reason);
            default:
                throw new InvalidOperationException($"{formula.Title} could not be computed from the inputs that were found for it");
        }
    }

    private static QueryResult Failed(RecordQuery query, InputReader reader, ClinicalFormula formula, string code, string reason) =>
        Result(query, reader, QueryOutcome.Failed, [], [], new QueryProblem(code, $"{formula.Title} is not calculated: {reason}."));

    private static QueryResult Result(RecordQuery query, InputReader reader, QueryOutcome outcome, IReadOnlyList<ResultValue> values, IReadOnlyList<string> notes, QueryProblem? problem) => new(
        query,
        outcome,
        values,
        values.Count == 0 ? 0 : values[0].Evidence.Select(evidence => evidence.Resource).Distinct().Count(),
        values.Count,
        [.. reader.Results.SelectMany(result => result.Concepts).DistinctBy(match => match.Asked)],
        [.. reader.Results.SelectMany(result => result.Types).Append("Patient").Distinct(StringComparer.Ordinal)],
        [.. reader.Results.SelectMany(result => result.Missing).Concat(reader.MissingFor(query.Selection)).Distinct(StringComparer.Ordinal)],
        notes,
        problem);
}
