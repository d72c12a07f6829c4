using System.Diagnostics.CodeAnalysis;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>The numbers of one thing in one unit by time. Values with comparators and implausible ones are kept apart.</summary>
internal sealed class NumberSeries
{
    private NumberSeries(string? label, string? unit, List<SeriesPoint> exact, List<SeriesPoint> bounded)
    {
        Label = label;
        Unit = unit;
        Exact = exact;
        Bounded = bounded;
    }

    /// <summary>What the numbers are about.</summary>
    public string? Label { get; }

    /// <summary>Unit of all of them; null when none is recorded.</summary>
    public string? Unit { get; }

    /// <summary>Plain numbers.</summary>
    public List<SeriesPoint> Exact { get; }

    /// <summary>Numbers with a comparator.</summary>
    public List<SeriesPoint> Bounded { get; }

    /// <summary>Evidence of points, in their order; a length of time gives its start and its end.</summary>
    public static List<Evidence> EvidenceOf(IEnumerable<SeriesPoint> points) =>
        [.. points.SelectMany(point => (point.Source.Computed?.Inputs ?? [point.Source]).Select(input => ResultValues.EvidenceOf(input, point.Finding)))];

    /// <summary>What a recomputation needs beside the evidence of these points.</summary>
    public Dictionary<string, string> ParametersOf(IReadOnlyList<SeriesPoint> points)
    {
        var parameters = new Dictionary<string, string>();
        if (Unit is not null)
            parameters[DerivationParameters.Unit] = Unit;
        if (points.Count > 0 && points[0].Source.Computed is { } computed)
        {
            parameters[DerivationParameters.Of] = computed.Operation;
            foreach (var (name, value) in computed.Parameters)
                parameters[name] = value;
        }

        for (var input = 0; input < points.Count; input++)
        {
            if (!points[input].IsConverted)
                continue;

            var source = points[input].Source;
            parameters[DerivationParameters.FromUnit(input)] = source.UnitCode ?? source.Unit!;
            if (Numbers.LoincOf(points[input].Finding, source) is { } loinc)
                parameters[DerivationParameters.Loinc(input)] = loinc;
        }

        return parameters;
    }

    /// <summary>Reads the series of a query: one, or one for each thing when what was matched is several.</summary>
    public static bool TryRead(QueryRun run, IReadOnlyList<Finding> findings, bool areOneThing, out List<NumberSeries> series, out QueryProblem? problem)
    {
        series = [];
        problem = null;
        var read = new List<(object Key, string? Label, Finding Finding, ElementValue Value, decimal Number)>();
        var (others, implausible) = (0, 0);
        foreach (var finding in findings)
        {
            var element = run.Query.Element is ResultElement.Default or ResultElement.Name ? NumericDefault(finding) : run.Query.Element;
            foreach (var recorded in ElementReader.Read(run.Record, finding, element, run.Context))
            {
                if (ResultValues.InUnitOf(run, finding, recorded) is not { } value)
                {
                    problem = new QueryProblem("undetermined", $"The times are not recorded as finely as '{run.Query.Unit}', so the lengths cannot be given in it.");
                    return false;
                }

                if (!Numbers.TryRead(value, out var number))
                {
                    others++;
                }
                else if (PlausibleRanges.IsImplausible(run, finding, value))
                {
                    implausible++;
                    PlausibleRanges.NoteImplausible(run, finding, value);
                }
                else
                {
                    var label = value.Label ?? ElementReader.LabelOf(run.Record, finding);
                    var key = MeasuredThings.Of(run, finding, value) ?? (areOneThing ? "" : ConceptKeys.Of(run.Record, run.Index, finding));
                    read.Add((key, label, finding, value, number));
                }
            }
        }

        if (implausible > 0)
            run.Notes.Add($"Left out as implausible: {implausible}.");
        if (others > 0 && read.Count > 0)
            run.Notes.Add($"Left out because they are not numbers: {others}.");
        if (read.Count == 0 && others > 0)
            problem = new QueryProblem("not-numeric", "The values are recorded as words, not numbers.");

        foreach (var group in read.GroupBy(item => item.Key))
        {
            if (problem is not null || !TryUnify(run, [.. group.Select(item => (item.Finding, item.Value, item.Number))], group.First().Label, out var one, out problem))
                return false;
            series.Add(one);
        }

        return problem is null;
    }

    private static bool TryUnify(
        QueryRun run, List<(Finding Finding, ElementValue Value, decimal Number)> values, string? label, [NotNullWhen(true)] out NumberSeries? series, out QueryProblem? problem)
    {
        series = null;
        problem = null;
        var unit = run.Query.Unit ?? values.GroupBy(item => item.Value.Unit, StringComparer.Ordinal).OrderByDescending(group => group.Count()).First().Key;
        var (exact, bounded) = (new List<SeriesPoint>(), new List<SeriesPoint>());
        var converted = 0;
        foreach (var (finding, value, number) in values)
        {
            var brought = number;
            var isSame = value.Unit == unit || value.UnitCode == unit;
            if (!isSame && (unit is null || !Numbers.TryConvert(run.Units, value, number, unit, Numbers.LoincOf(finding, value), out brought)))
            {
                problem = new QueryProblem("incompatible-units", $"Values are recorded in '{value.Unit ?? "no unit"}' and '{unit ?? "no unit"}', which cannot be brought to one unit.");
                return false;
            }

            converted += isSame ? 0 : 1;
            (value.Comparator is null ? exact : bounded).Add(new SeriesPoint(finding, value, brought, !isSame));
        }

        if (converted > 0)
            run.Notes.Add($"Converted to {unit}: {converted} of {values.Count}.");
        series = new NumberSeries(label, unit, exact, bounded);
        return true;
    }

    private static ResultElement NumericDefault(Finding finding) => finding.Resource.Key.Type switch
    {
        "MedicationRequest" or "MedicationStatement" or "MedicationAdministration" or "MedicationDispense" or "Immunization" => ResultElement.Dose,
        "Encounter" => ResultElement.Duration,
        _ => ResultElement.Value,
    };
}
