using System.Text.Json;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Statistics, difference, trend and extremes of numbers.</summary>
internal static class NumericAggregates
{
    /// <summary>Mean, median or sum of the plain numbers.</summary>
    public static AggregateOutcome Statistic(QueryRun run, StatisticAggregate aggregate, IReadOnlyList<Finding> findings) =>
        ForEachSeries(run, findings, areOneThing: run.IsOneConcept || aggregate.Statistic == Queries.Statistic.Sum, series =>
        {
            NoteBounded(run, series);
            if (series.Exact.Count == 0)
                return null;

            var numbers = series.Exact.ConvertAll(point => point.Number);
            var (operation, value) = aggregate.Statistic switch
            {
                Queries.Statistic.Mean => ("mean", DerivedValues.Mean(numbers)),
                Queries.Statistic.Median => ("median", DerivedValues.Median(numbers)),
                _ => ("sum", DerivedValues.Sum(numbers)),
            };
            return [Derived(series, operation, value, series.Exact)];
        });

    /// <summary>Last minus first, or first minus last where the fall is asked for; as a percentage of the first where that is asked for.</summary>
    public static AggregateOutcome Delta(QueryRun run, DeltaAggregate aggregate, IReadOnlyList<Finding> findings) => ForEachSeries(run, findings, run.IsOneConcept, series =>
        aggregate.Percent ? Percent(run, aggregate, series)
        : Ends(run, series, aggregate.Last) is { } ends ? [aggregate.Fall ? Derived(series, "fall", ends[0].Number - ends[1].Number, ends) : Derived(series, "delta", ends[1].Number - ends[0].Number, ends)] : null);

    private static List<ResultValue>? Percent(QueryRun run, DeltaAggregate aggregate, NumberSeries series)
    {
        if (Ends(run, series, aggregate.Last) is not { } ends || DerivedValues.PercentChange(ends[0].Number, ends[1].Number, aggregate.Fall) is not { } percent)
            return null;

        return [ResultValues.Derived(
            JsonSerializer.SerializeToElement(percent), "%", series.Label, aggregate.Fall ? "fall-percent" : "delta-percent", NumberSeries.EvidenceOf(ends), series.ParametersOf(ends), LabelsOf(ends))];
    }

    /// <summary>Whether the last is higher, or lower, than the first.</summary>
    public static AggregateOutcome Changed(QueryRun run, ChangedAggregate aggregate, IReadOnlyList<Finding> findings) => ForEachSeries(run, findings, run.IsOneConcept, series =>
    {
        if (Ends(run, series, aggregate.Last) is not { } ends)
            return null;

        var holds = DerivedValues.IsChanged(ends[0].Number, ends[1].Number, aggregate.Higher);
        return
        [
            ResultValues.Derived(
                JsonSerializer.SerializeToElement(holds), null, series.Label, aggregate.Higher ? "higher" : "lower", NumberSeries.EvidenceOf(ends), series.ParametersOf(ends), LabelsOf(ends)),
        ];
    });

    /// <summary>The values of the first and of the last time, or null when there are not two times that each have one.</summary>
    private static List<SeriesPoint>? Ends(QueryRun run, NumberSeries series, int? lastTimes)
    {
        NoteBounded(run, series);
        var dated = series.Exact.FindAll(point => point.Finding.Start is not null);
        if (lastTimes is { } last && dated.Select(point => point.Finding.Start).Distinct().TakeLast(last).FirstOrDefault() is { } from)
            dated.RemoveAll(point => point.Finding.Start < from);
        if (dated.Count < 2 || dated[0].Finding.Start == dated[^1].Finding.Start)
            return null;

        var disagree = dated.Where(point => point.Finding.Start == dated[0].Finding.Start).Select(point => point.Number).Distinct().Count() > 1
            || dated.Where(point => point.Finding.Start == dated[^1].Finding.Start).Select(point => point.Number).Distinct().Count() > 1;
        if (disagree)
        {
            run.Notes.Add("The first or the last time has values that disagree, so there is no one difference.");
            return null;
        }

        return [dated[0], dated[^1]];
    }

    /// <summary>Direction and slope of a least-squares line.</summary>
    public static AggregateOutcome Trend(QueryRun run, IReadOnlyList<Finding> findings) => ForEachSeries(run, findings, run.IsOneConcept, series =>
    {
        NoteBounded(run, series);
        var (dated, points) = (new List<SeriesPoint>(), new List<(DateTimeOffset, decimal)>());
        foreach (var point in series.Exact)
        {
            if (point.Finding.Start is null || !RecordedMoment.TryParse(point.Finding.TimeText, run.Context.Zone, out var moment) || moment.Precision < TimePrecision.Day)
                continue;
            dated.Add(point);
            points.Add((moment.Start, point.Number));
        }

        if (!DerivedValues.TryFit(points, out var fit))
            return null;

        var inputs = NumberSeries.EvidenceOf(dated);
        var parameters = series.ParametersOf(dated);
        parameters[DerivationParameters.Zone] = run.Context.Zone.Id;
        return
        [
            ResultValues.Derived(JsonSerializer.SerializeToElement(fit.Direction), null, series.Label, "trend", inputs, parameters),
            ResultValues.Derived(JsonSerializer.SerializeToElement(fit.SlopePerDay), series.Unit is null ? "/d" : $"{series.Unit}/d", series.Label, "slope", inputs, parameters),
        ];
    });

    /// <summary>The highest or lowest values as recorded; a value beyond its comparator's bound can be the extreme, never one that may lie anywhere.</summary>
    /// <remarks>Asked for another element than the value, it gives that element of the resources that reach the extreme.</remarks>
    public static AggregateOutcome Extreme(QueryRun run, ExtremeAggregate extreme, IReadOnlyList<Finding> findings)
    {
        if (run.Query.Element is ResultElement.Default or ResultElement.Value or ResultElement.Billed or ResultElement.Paid)
            return ForEachSeries(run, findings, run.IsOneConcept, series => [.. Reaching(run, extreme, series).Select(point => AsRecorded(run, point))]);

        var reaching = new List<Finding>();
        var byValue = run with { Query = run.Query with { Element = ResultElement.Default } };
        var ranked = ForEachSeries(byValue, findings, run.IsOneConcept, series =>
        {
            var points = Reaching(byValue, extreme, series);
            reaching.AddRange(points.Select(point => point.Finding));
            return [.. points.Select(point => AsRecorded(byValue, point))];
        });
        return ranked.Problem is null ? ChoosingAggregates.Read(run, reaching) : ranked;
    }

    private static List<SeriesPoint> Reaching(QueryRun run, ExtremeAggregate extreme, NumberSeries series)
    {
        var outward = extreme.Highest ? '>' : '<';
        var open = series.Bounded.FindAll(point => point.Source.Comparator![0] == outward);
        var candidates = series.Exact.Concat(open).ToList();
        if (candidates.Count == 0)
            candidates = series.Bounded;
        if (candidates.Count == 0)
            return [];

        var best = extreme.Highest ? candidates.Max(point => point.Number) : candidates.Min(point => point.Number);
        var reached = candidates.FindAll(point => point.Number == best);
        if (reached.Exists(point => point.Source.Comparator is not null))
            reached = reached.FindAll(point => point.Source.Comparator is not null);
        else if (open.Count > 0)
            run.Notes.Add($"Values recorded only as beyond a bound may be {(extreme.Highest ? "higher" : "lower")}: {open.Count}.");
        return reached;
    }

    private static ResultValue AsRecorded(QueryRun run, SeriesPoint point)
    {
        var value = ResultValues.Of(run, point.Finding, point.Source);
        if (run.Query.Unit is { } unit && ResultValues.TryConvert(run, point.Finding, point.Source, value, unit, out var converted))
            return converted;
        return value;
    }

    private static AggregateOutcome ForEachSeries(
        QueryRun run, IReadOnlyList<Finding> findings, bool areOneThing, Func<NumberSeries, IReadOnlyList<ResultValue>?> compute)
    {
        if (!NumberSeries.TryRead(run, findings, areOneThing, out var all, out var problem))
            return new AggregateOutcome([], problem);

        if (all.Count == 0 || !all.Exists(series => series.Exact.Count + series.Bounded.Count > 0))
            return new AggregateOutcome([]);

        var values = new List<ResultValue>();
        foreach (var series in all)
            values.AddRange(compute(series) ?? []);
        return values.Count > 0
            ? new AggregateOutcome(values)
            : AggregateOutcome.Failed("undetermined", "Too few plain numbers at different times to compute it from.");
    }

    private static void NoteBounded(QueryRun run, NumberSeries series)
    {
        if (series.Bounded.Count == 0)
            return;

        var written = series.Bounded.Select(point => $"{point.Source.Comparator}{point.Source.Value.GetRawText()}").Distinct(StringComparer.Ordinal);
        run.Notes.Add($"Left out because only a bound is recorded: {series.Bounded.Count} ({string.Join(", ", written.Take(5))}).");
    }

    private static ResultValue Derived(NumberSeries series, string operation, decimal value, List<SeriesPoint> points) => ResultValues.Derived(
        JsonSerializer.SerializeToElement(value), series.Unit, series.Label, operation, NumberSeries.EvidenceOf(points), series.ParametersOf(points),
        LabelsOf(points));

    private static IEnumerable<string> LabelsOf(List<SeriesPoint> points) => points.SelectMany(point => point.Finding.Resource.Labels).Distinct(StringComparer.Ordinal);
}
