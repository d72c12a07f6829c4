using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Makes findings of resources.</summary>
internal static class Findings
{
    /// <summary>The whole resource.</summary>
    public static Finding Whole(RecordResource resource) => new(resource, -1, SpanOf(resource), resource.WhenText);

    /// <summary>A component of an Observation.</summary>
    public static Finding Component(RecordResource resource, int index) => Whole(resource) with { Part = index };

    /// <summary>The locations of an Encounter, each with its own period; one without a period takes the Encounter's.</summary>
    public static IEnumerable<Finding> CareUnits(RecordResource encounter)
    {
        var index = 0;
        foreach (var location in ElementCursor.Of(encounter).Children("location"))
        {
            var part = index++;
            var start = location.Descend("period", "start").FirstOrDefault().Text;
            if (!RecordedMoment.TryParse(start, TimeZoneInfo.Utc, out var from))
            {
                yield return Whole(encounter) with { Part = part, Span = encounter.When };
                continue;
            }

            var ended = RecordedMoment.TryParse(location.Descend("period", "end").FirstOrDefault().Text, TimeZoneInfo.Utc, out var until);
            yield return new Finding(encounter, part, new TimeInterval(from.Start, ended ? until.End : encounter.When?.End), start);
        }
    }

    /// <summary>What has to share a moment with a window: the whole of a state, the start of an event as finely as it was written.</summary>
    private static TimeInterval? SpanOf(RecordResource resource)
    {
        if (resource.When is not { } when || resource.IsState || when.Start is not { } start)
            return resource.When;

        var longest = resource.WhenText?.Length switch
        {
            4 => TimeSpan.FromDays(366),
            7 => TimeSpan.FromDays(31),
            10 => TimeSpan.FromHours(25),
            _ => resource.WhenText?.Contains("T00:00", StringComparison.Ordinal) == true && when.End == start.AddDays(1) ? TimeSpan.FromDays(1) : TimeSpan.FromTicks(1),
        };
        var end = start + longest;
        return when.End is { } recorded && recorded < end ? when : new TimeInterval(start, end);
    }
}
