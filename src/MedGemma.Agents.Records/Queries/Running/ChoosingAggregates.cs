using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Latest, earliest, nth and list: aggregates that choose among findings by time.</summary>
internal static class ChoosingAggregates
{
    public static AggregateOutcome Latest(QueryRun run, IReadOnlyList<Finding> findings) => Edge(run, findings, isLast: true);

    public static AggregateOutcome Earliest(QueryRun run, IReadOnlyList<Finding> findings) => Edge(run, findings, isLast: false);

    public static AggregateOutcome Nth(QueryRun run, NthAggregate nth, IReadOnlyList<Finding> findings)
    {
        if (nth.N == 0)
            return AggregateOutcome.Failed("invalid-query", "The position must not be 0: 1 is the first, -1 the last.");

        var dated = FindingOrder.Sort(run, Dated(run, WithValue(run, findings, nth.N < 0)));
        var position = nth.N > 0 ? nth.N - 1 : dated.Count + nth.N;
        if (position < 0 || position >= dated.Count)
        {
            run.Notes.Add($"There are only {dated.Count}.");
            return new AggregateOutcome([]);
        }

        return Tied(run, dated, dated[position]);
    }

    public static AggregateOutcome List(QueryRun run, ListAggregate list, IReadOnlyList<Finding> findings)
    {
        if (list.Last is { } last)
        {
            if (last < 1)
                return AggregateOutcome.Failed("invalid-query", "The number of the last ones must be at least 1.");
            findings = LastOf(run, findings, last);
        }

        var chosen = list.Distinct
            ? [.. findings.GroupBy(finding => ConceptKeys.Of(run.Record, run.Index, finding)).Select(group => group.Last())]
            : findings;
        return Read(run, list.Distinct ? [.. chosen.OrderBy(finding => finding.Start ?? DateTimeOffset.MaxValue)] : chosen);
    }

    /// <summary>The last ones in order; what shares the time of the earliest of them is not cut off.</summary>
    private static List<Finding> LastOf(QueryRun run, IReadOnlyList<Finding> findings, int count)
    {
        var dated = FindingOrder.Sort(run, Dated(run, WithValue(run, findings, isLast: true)));
        var first = Math.Max(0, dated.Count - count);
        while (first > 0 && dated[first - 1].Start == dated[first].Start)
            first--;
        if (dated.Count < count)
            run.Notes.Add($"There are only {dated.Count}.");
        return dated[first..];
    }

    /// <summary>The values of findings, brought to the query's unit; what lacks the element is counted.</summary>
    public static AggregateOutcome Read(QueryRun run, IReadOnlyList<Finding> findings)
    {
        var values = new List<ResultValue>();
        var without = 0;
        foreach (var finding in findings)
        {
            var before = values.Count;
            foreach (var recorded in ElementReader.Read(run.Record, finding, run.Query.Element, ResultValues.ContextOf(run)))
            {
                if (ResultValues.InUnitOf(run, finding, recorded) is not { } element)
                    return AggregateOutcome.Failed("undetermined", $"The times are not recorded as finely as '{run.Query.Unit}', so the length cannot be given in it.");

                var value = ResultValues.Of(run, finding, element);
                if (run.Query.Unit is { } unit && !ResultValues.TryConvert(run, finding, element, value, unit, out value))
                    return AggregateOutcome.Failed("incompatible-units", $"A value in '{element.Unit ?? "no unit"}' cannot be given in '{unit}'.");
                values.Add(value);
                PlausibleRanges.NoteImplausible(run, finding, element);
            }

            without += values.Count == before ? 1 : 0;
        }

        if (without > 0 && findings.Count > 0)
            run.Notes.Add($"Without a recorded {ElementReader.Resolve(findings[0], run.Query.Element)}: {without} of {findings.Count}.");
        return new AggregateOutcome(values);
    }

    private static AggregateOutcome Edge(QueryRun run, IReadOnlyList<Finding> findings, bool isLast)
    {
        var candidates = WithValue(run, findings, isLast);
        if (candidates.Count == 1)
            return Read(run, candidates);

        var dated = FindingOrder.Sort(run, Dated(run, candidates));
        if (dated.Count == 0)
        {
            return candidates.Count == 0
                ? new AggregateOutcome([])
                : AggregateOutcome.Failed("undetermined", $"None of the {candidates.Count} has a recorded time, so none is known to be the {(isLast ? "latest" : "earliest")}.");
        }

        // Of stays that began together the last to end is the last end.
        if (run.Query.Element is ResultElement.End && isLast && run.Context.Ordering == ResourceOrdering.ByClinicalTime)
        {
            var end = dated.Max(finding => finding.Resource.When?.End);
            if (end is not null)
                return Read(run, dated.FindAll(finding => finding.Resource.When?.End == end));
        }

        var chosen = isLast ? dated[^1] : dated[0];
        NoteCoarser(run, dated, chosen);
        return Tied(run, dated, chosen);
    }

    /// <summary>The chosen one and what is taken with it; values of one thing that disagree are noted.</summary>
    private static AggregateOutcome Tied(QueryRun run, List<Finding> dated, Finding chosen)
    {
        var outcome = Read(run, FindingOrder.Tied(run, dated, chosen));
        foreach (var group in outcome.Values.GroupBy(value => (value.Label, value.Unit)))
        {
            var said = group.Select(value => value.Value.ToString()).Distinct(StringComparer.Ordinal).ToList();
            if (said.Count > 1 && run.IsOneConcept && group.Select(value => value.Evidence[0].Resource).Distinct().Count() > 1)
                run.Notes.Add($"Values recorded for the same time disagree: {string.Join(", ", said)}.");
        }

        return outcome;
    }

    /// <summary>An Observation without a value is no candidate where the value is asked for; a newer one is said.</summary>
    private static IReadOnlyList<Finding> WithValue(QueryRun run, IReadOnlyList<Finding> findings, bool isLast)
    {
        // A stay that goes on has no end yet: the last end is that of the one before.
        if (run.Query.Element is ResultElement.End)
            return [.. findings.Where(finding => ElementReader.Read(run.Record, finding, ResultElement.End, run.Context).Any())];

        // The unit and the range of a test are those of the last result that has them; its flag is that of the last result with a value.
        if (run.Query.Element is ResultElement.Unit or ResultElement.ReferenceRange or ResultElement.ReferenceLow or ResultElement.ReferenceHigh)
            return Holding(run, findings, run.Query.Element);
        if (run.Query.Element is ResultElement.Interpretation)
            return Holding(run, findings, ResultElement.Value);

        if (!findings.Any(finding => ElementReader.Resolve(finding, run.Query.Element) == ResultElement.Value))
            return findings;

        var chosen = new List<Finding>();
        var passed = 0;
        findings = Plausible(run, findings);
        foreach (var finding in isLast ? findings.Reverse() : findings)
        {
            var hasValue = ElementReader.Resolve(finding, run.Query.Element) != ResultElement.Value
                || ElementReader.Read(run.Record, finding, ResultElement.Value, run.Context).Any();
            if (hasValue)
                chosen.Add(finding);
            else if (chosen.Count == 0)
                passed++;
        }

        if (passed > 0)
            run.Notes.Add($"{passed} {(isLast ? "later" : "earlier")} without a value.");
        if (isLast)
            chosen.Reverse();
        return chosen;
    }

    private static IReadOnlyList<Finding> Holding(QueryRun run, IReadOnlyList<Finding> findings, ResultElement element)
    {
        var holding = findings.Where(finding => ElementReader.Read(run.Record, finding, element, run.Context).Any()).ToList();
        return holding.Count > 0 ? holding : findings;
    }

    /// <summary>A number that cannot be what it says is not the latest or first where others can; that it is passed over is said.</summary>
    private static IReadOnlyList<Finding> Plausible(QueryRun run, IReadOnlyList<Finding> findings)
    {
        var plausible = findings.Where(finding => !ElementReader.Read(run.Record, finding, run.Query.Element, run.Context).Any(value => PlausibleRanges.IsImplausible(run, finding, value))).ToList();
        if (plausible.Count == 0 || plausible.Count == findings.Count)
            return findings;

        foreach (var finding in findings.Except(plausible))
        {
            foreach (var element in ElementReader.Read(run.Record, finding, run.Query.Element, run.Context))
                PlausibleRanges.NoteImplausible(run, finding, element);
        }

        run.Notes.Add($"Passed over as implausible: {findings.Count - plausible.Count}.");
        return plausible;
    }

    private static List<Finding> Dated(QueryRun run, IReadOnlyList<Finding> findings)
    {
        var dated = findings.Where(finding => finding.Start is not null).ToList();
        if (dated.Count > 0 && dated.Count < findings.Count)
            run.Notes.Add($"Without a recorded time, so not in the order: {findings.Count - dated.Count}.");
        return dated;
    }

    /// <summary>A date written only to the year, month or day may lie on either side of a finer one inside it.</summary>
    private static void NoteCoarser(QueryRun run, List<Finding> dated, Finding chosen)
    {
        var coarser = dated.Find(finding => !finding.Resource.IsState && finding.Start != chosen.Start && finding.TimeText is { Length: <= 10 }
            && finding.Start < chosen.Start && finding.Span?.End > chosen.Start);
        coarser ??= chosen.TimeText is { Length: <= 10 } && !chosen.Resource.IsState
            ? dated.Find(finding => finding.Start != chosen.Start && finding.Start > chosen.Start && finding.Start < chosen.Span?.End)
            : null;
        if (coarser is not null)
            run.Notes.Add($"The order is not certain: a date is written only as {(coarser.TimeText is { Length: <= 10 } ? coarser.TimeText : chosen.TimeText)}.");
    }
}
