using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Puts findings into groups and runs another aggregate on each.</summary>
internal static class Grouping
{
    public static AggregateOutcome Run(QueryRun run, GroupAggregate group, IReadOnlyList<Finding> findings, Func<QueryRun, Aggregate, IReadOnlyList<Finding>, AggregateOutcome> each)
    {
        if (group.Each is GroupAggregate or TimeBetweenAggregate)
            return AggregateOutcome.Failed("invalid-query", "Groups take a plain aggregate: latest, earliest, nth, list, count, exists, extreme, statistic, delta or trend.");

        var values = new List<ResultValue>();
        var keyed = findings.Select(finding => (Bucket: BucketOf(run, group.By, finding), Finding: finding)).ToList();
        var without = keyed.Count(item => item.Bucket is null);
        if (without > 0)
            run.Notes.Add($"In no group because what groups them is not recorded: {without}.");

        var inner = group.By == GroupKey.Concept ? run with { IsOneConcept = true } : run;
        foreach (var bucket in keyed.Where(item => item.Bucket is not null).GroupBy(item => item.Bucket!.Value.Key))
        {
            var label = bucket.First().Bucket!.Value.Label;
            var outcome = each(inner, group.Each, [.. bucket.Select(item => item.Finding)]);
            if (outcome.Problem is { Code: not "undetermined" })
                return outcome;
            values.AddRange(outcome.Values.Select(value => Labelled(value, label)));
        }

        return new AggregateOutcome(values);
    }

    private static ResultValue Labelled(ResultValue value, string label) => value with
    {
        Label = label,
        Derivation = value.Derivation is { } derivation
            ? derivation with { Parameters = new Dictionary<string, string>(derivation.Parameters) { [DerivationParameters.Group] = label } }
            : null,
    };

    private static (object Key, string Label)? BucketOf(QueryRun run, GroupKey by, Finding finding)
    {
        switch (by)
        {
            case GroupKey.Encounter:
                var encounter = finding.Resource.Key.Type == "Encounter" ? finding.Resource.Key : finding.Resource.Encounter;
                return encounter is { } key ? (key, key.ToString()) : null;
            case GroupKey.Concept:
                return (ConceptKeys.Of(run.Record, run.Index, finding), ElementReader.LabelOf(run.Record, finding) ?? finding.Resource.Key.Type);
            default:
                return TimeBucket(run, by, finding);
        }
    }

    private static (object Key, string Label)? TimeBucket(QueryRun run, GroupKey by, Finding finding)
    {
        var needed = by switch { GroupKey.Day => 10, GroupKey.Month => 7, _ => 4 };
        if (finding.Start is not { } start || finding.TimeText is not { } text || text.Length < needed)
            return null;

        // The day that the record's own clock showed; what has no clock of its own has the zone's.
        var day = text.Length <= 10 || RecordClock.IsLocal(text) ? text : TimeZoneInfo.ConvertTime(start, run.Context.Zone).ToString("yyyy-MM-dd");
        var bucket = day[..needed];
        return (bucket, bucket);
    }
}
