using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Days from the first of a selection to the first of another at or after it, or to the instant of the question.</summary>
internal static class TimeBetween
{
    /// <summary>Computes the days; <paramref name="later"/> is null when the query has no other selection.</summary>
    public static AggregateOutcome Run(QueryRun run, IReadOnlyList<Finding> findings, IReadOnlyList<Finding>? later)
    {
        var first = findings.FirstOrDefault(finding => finding.Start is not null);
        if (first is null)
        {
            return findings.Count == 0
                ? new AggregateOutcome([])
                : AggregateOutcome.Failed("undetermined", "What matches has no recorded time.");
        }

        var next = later?.FirstOrDefault(finding => finding.Start >= first.Start && !IsSame(finding, first));
        if (later is not null && next is null)
        {
            run.Notes.Add("Nothing of the other kind at or after it.");
            return new AggregateOutcome([]);
        }

        if (TimeElements.Start(run.Record, first) is not { } start || (next is not null && TimeElements.Start(run.Record, next) is null))
            return AggregateOutcome.Failed("undetermined", "The time of what matches does not stand in one element of the record.");

        var inputs = new List<Evidence> { ResultValues.EvidenceOf(start, first) };
        var parameters = new Dictionary<string, string> { [DerivationParameters.Zone] = run.Context.Zone.Id };
        if (next is not null)
            inputs.Add(ResultValues.EvidenceOf(TimeElements.Start(run.Record, next)!, next));
        else
            parameters[DerivationParameters.AsOf] = run.Context.AsOf.ToString("O", CultureInfo.InvariantCulture);

        var until = next is not null ? inputs[1].Value.GetString() : parameters[DerivationParameters.AsOf];
        return DerivedValues.TryDays(inputs[0].Value.GetString(), until, run.Context.Zone, out var days)
            ? new AggregateOutcome([ResultValues.Derived(
                JsonSerializer.SerializeToElement(days), "d", ElementReader.LabelOf(run.Record, first), "time-between", inputs, parameters, first.Resource.Labels)])
            : AggregateOutcome.Failed("undetermined", "A date is recorded only to the month or year.");
    }

    private static bool IsSame(Finding one, Finding other) => one.Resource.Key == other.Resource.Key && one.Part == other.Part;
}
