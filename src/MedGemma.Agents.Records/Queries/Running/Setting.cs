using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>
/// The encounters in which what is asked for happened. A laboratory result of a day in intensive care is often recorded for the hospital stay around it, so what happened
/// while such an encounter lasted is of it too, whatever encounter it names.
/// </summary>
internal sealed class Setting
{
    private static readonly TimeSpan s_year = TimeSpan.FromDays(366);

    private readonly HashSet<ResourceKey> _encounters = [];
    private readonly List<TimeInterval> _periods = [];

    /// <summary>Takes the encounters of some kinds that count and had begun at the instant of the question.</summary>
    public Setting(RecordIndex index, IReadOnlyList<RecordKind> kinds, QueryContext context)
    {
        foreach (var kind in kinds.Distinct())
        {
            var stays = new List<Finding>();
            index.OfKind(kind).Counting.Collect(long.MinValue, context.AsOf.UtcTicks + 1, stays);
            stays.AddRange(index.OfKind(kind).Counting.Undated);
            foreach (var stay in stays)
            {
                if (stay.Part < 0)
                    _encounters.UnionWith(index.WithParts(stay.Resource.Key));
                if (stay.Start is { } start)
                    _periods.Add(new TimeInterval(start, stay.Part < 0 ? stay.Resource.When?.End : stay.Span?.End));
            }
        }
    }

    /// <summary>Whether a finding is of one of the encounters; unknown where neither its encounter nor its time tells.</summary>
    public Admission Holds(Finding finding)
    {
        var resource = finding.Resource;
        if (_encounters.Contains(resource.Key) || (resource.Encounter is { } encounter && _encounters.Contains(encounter)))
            return Admission.Yes;

        // A time that an Encounter lends, and what an Encounter was coded for, belong to that Encounter and no other.
        if (_periods.Count == 0 || (resource.Encounter is not null && (resource.WhenHolder != resource.Key || resource.Key.Type == "Condition")))
            return Admission.No;
        if (finding.Start is not { } start)
            return Admission.Unknown;

        // What is dated to the day may have been before or after the stay of that day.
        var end = finding.TimeText is { Length: <= 10 } && finding.Span?.End is { } until ? start + TimeSpan.FromTicks(Math.Min((until - start).Ticks - 1, s_year.Ticks)) : start;
        return _periods.Exists(period => period.Start <= start && !(period.End < end)) ? Admission.Yes
            : _periods.Exists(period => !(period.End < start) && period.Start <= end) ? Admission.Unknown
            : Admission.No;
    }
}
