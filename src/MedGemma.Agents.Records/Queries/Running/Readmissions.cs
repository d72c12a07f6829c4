using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>
/// Keeps the stays that began soon after the end of another, each with that other as part of its proof. A stay that begins at the very end of
/// another, or while it lasts, continues it (admitted from the emergency department, moved between wards) and is no return.
/// </summary>
internal static class Readmissions
{
    /// <summary>Keeps of the selected stays those that are readmissions.</summary>
    /// <param name="selected">What was selected.</param>
    /// <param name="stays">Every stay of the kinds asked for, also outside the window.</param>
    /// <param name="days">The most days between the end of one and the start of the next.</param>
    public static void Keep(Selected selected, IReadOnlyList<Finding> stays, int days)
    {
        var longest = TimeSpan.FromDays(days);
        var kept = new List<Finding>();
        var isOpen = false;
        foreach (var stay in selected.Findings)
        {
            var others = stays.Where(other => other.Resource.Key != stay.Resource.Key && other.Start < stay.Start).ToList();
            if (others.Exists(other => other.Resource.When?.End > stay.Start))
                continue;

            var before = others.FindAll(other => other.Resource.When?.End is { } end && end < stay.Start && stay.Start - end <= longest).MaxBy(other => other.Resource.When?.End);
            if (before is not null)
                kept.Add(stay with { Follows = before });
            else
                isOpen |= others.Exists(other => other.Resource.When?.End is null);
        }

        selected.Findings.Clear();
        selected.Findings.AddRange(kept);
        if (isOpen)
            selected.Undetermined ??= "An earlier stay has no recorded end, so it cannot be said how long after it the next began.";
    }
}
