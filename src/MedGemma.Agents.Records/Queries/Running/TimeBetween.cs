using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>The length of time from the first of a selection to the first of another at or after it, or to the instant of the question.</summary>
internal static class TimeBetween
{
    /// <summary>Computes the length; <paramref name="later"/> is null when the query has no other selection.</summary>
    public static AggregateOutcome Run(QueryRun run, TimeBetweenAggregate between, IReadOnlyList<Finding> findings, IReadOnlyList<Finding>? later)
    {
        var first = findings.FirstOrDefault(finding => Edge(finding, between.FromEnd) is not null);
        if (first is null)
        {
            return findings.Count == 0
                ? new AggregateOutcome([])
                : AggregateOutcome.Failed("undetermined", $"What matches has no recorded {(between.FromEnd ? "end" : "time")}.");
        }

        var next = later?.FirstOrDefault(finding => Edge(finding, between.UntilEnd) >= Edge(first, between.FromEnd) && (between.FromEnd != between.UntilEnd || !IsSame(finding, first)));
        if (later is not null && next is null)
        {
            run.Notes.Add("Nothing of the other kind at or after it.");
            return new AggregateOutcome([]);
        }

        if (ValueOf(run, first, between.FromEnd) is not { } start || (next is not null && ValueOf(run, next, between.UntilEnd) is null))
            return AggregateOutcome.Failed("undetermined", "The time of what matches does not stand in one element of the record.");

        var inputs = new List<Evidence> { ResultValues.EvidenceOf(start, first) };
        var unit = run.Query.Unit ?? LengthUnits.Days;
        var parameters = new Dictionary<string, string> { [DerivationParameters.Zone] = run.Context.Zone.Id };
        if (next is not null)
            inputs.Add(ResultValues.EvidenceOf(ValueOf(run, next, between.UntilEnd)!, next));
        else
            parameters[DerivationParameters.AsOf] = run.Context.AsOf.ToString("O", CultureInfo.InvariantCulture);
        if (run.Query.Unit is not null)
            parameters[DerivationParameters.Unit] = unit;
        if (run.Query.WholeUnits)
            parameters[DerivationParameters.Whole] = "true";

        return (next is not null
                ? DerivedValues.TryLength(inputs[0].Value.GetString(), inputs[1].Value.GetString(), run.Context.Zone, unit, run.Query.WholeUnits, out var length)
                : DerivedValues.TryLengthToNow(inputs[0].Value.GetString(), parameters[DerivationParameters.AsOf], run.Context.Zone, unit, run.Query.WholeUnits, out length))
            ? new AggregateOutcome([ResultValues.Derived(
                JsonSerializer.SerializeToElement(length), unit, ElementReader.LabelOf(run.Record, first), "time-between", inputs, parameters, first.Resource.Labels)])
            : LengthUnits.Contains(unit)
                ? AggregateOutcome.Failed("undetermined", unit is "h" or "min" ? "A time is recorded only to the day." : "A date is recorded only to the month or year.")
                : AggregateOutcome.Failed("incompatible-units", $"A length of time cannot be given in '{unit}'.");
    }

    private static DateTimeOffset? Edge(Finding finding, bool ofEnd) => ofEnd ? finding.Resource.When?.End : finding.Start;

    private static ElementValue? ValueOf(QueryRun run, Finding finding, bool ofEnd) =>
        ofEnd ? ComputedElements.EndBy(finding, run.Context) : TimeElements.Start(run.Record, finding);

    private static bool IsSame(Finding one, Finding other) => one.Resource.Key == other.Resource.Key && one.Part == other.Part;
}
