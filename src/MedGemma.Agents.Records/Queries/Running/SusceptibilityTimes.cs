using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>
/// When a susceptibility is of. It is read days after the culture was taken, and people name it by the day of the culture ("the E. coli of 23 August"): it lies in a window when it,
/// the organism or the culture that it derives from does.
/// </summary>
internal static class SusceptibilityTimes
{
    private const int MostSteps = 2;

    /// <summary>Whether the susceptibility lies in the window by its own time or by that of what it derives from.</summary>
    public static bool IsIn(QueryWindow window, PatientRecord record, Finding finding) => Overlaps(window, finding.Resource) || Parents(record, ElementCursor.Of(finding.Resource), MostSteps).Any(parent => Overlaps(window, parent));

    private static IEnumerable<RecordResource> Parents(PatientRecord record, ElementCursor resource, int steps) => steps == 0
        ? []
        : resource.Children("derivedFrom").SelectMany(link => References.TryFollow(record, link, out var parent, out _) ? Parents(record, parent, steps - 1).Prepend(parent.Holder) : []);

    private static bool Overlaps(QueryWindow window, RecordResource resource) => resource.When is { } when && !(when.Start >= window.Until) && !(when.End <= window.From);
}
