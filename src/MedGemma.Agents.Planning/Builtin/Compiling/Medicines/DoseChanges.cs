using System.Globalization;
using MedGemma.Agents.Planning.Builtin.Reading.Medicines;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Medicines;

/// <summary>Finds the orders at which the dose of a drug changed, and pins the query to the one that is asked for.</summary>
internal sealed class DoseChanges(IRecordQueryEngine engine)
{
    /// <summary>The query that answers, with what must be said of it, or null with the reason.</summary>
    public (RecordQuery? Query, string Reason) Find(PatientRecord record, DoseChangeAsk ask, QueryContext context)
    {
        // Where nothing is ordered, what the patient states to take tells of the doses.
        RecordKind kind = record.OfKind(RecordKind.MedicationRequest).IsEmpty ? RecordKind.MedicationStatement : RecordKind.MedicationRequest;
        var selection = new RecordSelection { Kinds = [kind], Concepts = [ask.Drug.Words], RestsOn = [kind] };
        if (ask.Form == DoseChangeForm.All)
            return (new RecordQuery(selection, new ListAggregate(), ResultElement.Dose), "");

        var doses = Doses(record, selection, context);
        if (doses.Count == 0)
            return (null, $"No orders of \"{ask.Drug.Words}\" with a dose and a time are recorded from which a change could be told.");
        if (doses.Select(dose => dose.Unit).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1)
            return (null, $"The doses of \"{ask.Drug.Words}\" are recorded in different units, so that no change can be told; ask for its doses.");

        var changes = Enumerable.Range(1, doses.Count - 1)
            .Where(at => doses[at].Value != doses[at - 1].Value && (ask.Direction == 0 || Math.Sign(doses[at].Value - doses[at - 1].Value) == ask.Direction) && (ask.Target is null || doses[at].Value == ask.Target)).ToList();
        if (ask.Form == DoseChangeForm.Whether && ask is { Direction: not 0, Target: null })
        {
            // One that differs from the one before it proves a change; that none differs from the first, that there was none.
            var (bound, after) = changes.Count > 0 ? (doses[changes[^1] - 1].Value, (DateTimeOffset?)doses[changes[^1]].Time) : (doses[0].Value, null);
            if (changes.Count == 0 && doses.Exists(dose => Math.Sign(dose.Value - doses[0].Value) == ask.Direction))
                return (null, "The doses rose and fell; ask for the doses in order.");

            var window = after is { } moment ? new QueryWindow(moment, moment.AddSeconds(1), "when it was changed") : null;
            return (new RecordQuery(selection with { Window = window, Value = new ValueFilter(ask.Direction > 0 ? ValueComparison.Above : ValueComparison.Below, bound, doses[0].Unit) }, new ExistsAggregate()),
                changes.Count == 0 ? "The dose of the first order is compared with those after it." : "");
        }

        if (changes.Count == 0)
            return (null, $"No such change is found: the recorded doses in order are {string.Join(", ", doses.Select(dose => dose.Value).Aggregate(new List<decimal>(), (said, value) => said is [.., var last] && last == value ? said : [.. said, value]).Select(value => value.ToString(CultureInfo.InvariantCulture)))} {doses[0].Unit}.");

        var change = doses[changes[^1]];
        var several = changes.Count > 1 ? $"It was changed so {changes.Count} times; the last is given." : "";
        return ask.Form switch
        {
            DoseChangeForm.When => (new RecordQuery(selection with { Window = new QueryWindow(change.Time, change.Time.AddSeconds(1), "when it was changed") }, new LatestAggregate(), ResultElement.Start), several),
            DoseChangeForm.Before => (new RecordQuery(selection with { Window = new QueryWindow(null, change.Time, "before the last change of dose") }, new LatestAggregate(), ResultElement.Dose), ""),
            _ => (new RecordQuery(selection, new ListAggregate(), ResultElement.Dose), ""),
        };
    }

    private List<(DateTimeOffset Time, decimal Value, string? Unit)> Doses(PatientRecord record, RecordSelection selection, QueryContext context)
    {
        var doses = new List<(DateTimeOffset, decimal, string?)>();
        var result = engine.Run(record, new RecordQuery(selection, new ListAggregate(), ResultElement.Dose), context);
        foreach (var value in result.Values)
            if (value.Value.ValueKind == System.Text.Json.JsonValueKind.Number && value.Evidence is [{ Resource: var key }, ..] && record.TryFollow(key.ToString(), out var order) && order.When?.Start is { } start)
                doses.Add((start, value.Value.GetDecimal(), value.Unit));

        return doses;
    }
}
