using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>The findings of one kind or concept, those that never count kept apart.</summary>
/// <param name="Counting">What counts.</param>
/// <param name="Never">What never counts.</param>
internal sealed record Timelines(Timeline Counting, Timeline Never)
{
    public static Timelines Of(IEnumerable<Finding> findings)
    {
        var byStanding = findings.ToLookup(finding => finding.Resource.Standing == Standing.NeverCounts);
        return new Timelines(new Timeline(byStanding[false]), new Timeline(byStanding[true]));
    }
}
