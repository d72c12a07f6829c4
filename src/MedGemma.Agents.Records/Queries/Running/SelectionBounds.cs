using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>The stretch of time that a selection looks at, and what had entered the record by the instant of the question.</summary>
internal sealed class SelectionBounds(RecordSelection selection, QueryContext context, DateTimeOffset readAt)
{
    /// <summary>First moment inside, in UTC ticks; what may still have been taken then was begun at any time before.</summary>
    public long From { get; } = selection.CurrentInWindow ? long.MinValue : selection.Window?.From?.UtcTicks ?? long.MinValue;

    /// <summary>First moment after, in UTC ticks; later than the instant of the question only for plans.</summary>
    public long Until { get; } = selection.Window?.Until?.UtcTicks ?? long.MaxValue;

    /// <summary>Whether the selection is bounded in time.</summary>
    public bool IsWindow { get; } = selection.Window is { From: not null } or { Until: not null };

    /// <summary>The end of the window for what cannot lie in the future.</summary>
    public long UntilNow => Math.Min(Until, context.AsOf.UtcTicks + 1);

    /// <summary>Whether the finding existed at the instant of the question.</summary>
    public bool Existed(Finding finding)
    {
        var resource = finding.Resource;
        if (resource.RecordedAt is { } recorded)
            return recorded <= context.AsOf && (IsPlan(resource) || !(finding.Start > context.AsOf));

        return finding.Start is not { } start || start <= context.AsOf || IsPlan(resource);
    }

    /// <summary>
    /// Whether it is not recorded when a plan was made, which may have been after the instant of the question: an earlier view of the record. It is taken, because an appointment
    /// that is left out makes a wrong "none", and that is said.
    /// </summary>
    public bool MayBeOfLater(Finding finding) => finding.Resource.RecordedAt is null && finding.Start > context.AsOf && readAt > context.AsOf;

    /// <summary>Whether the finding began inside the window, where that is asked.</summary>
    public bool Began(Finding finding) =>
        !(selection.BeganInWindow || selection.RecordedInWindow) || !IsWindow || (IsWrittenAsDate(finding) ? !(finding.Start!.Value.DateTime < selection.Window!.From?.DateTime) : finding.Start?.UtcTicks >= From)
        || (selection.RecordedInWindow && finding.Resource.RecordedAt?.UtcTicks is { } recorded && recorded >= From && recorded < Until);

    /// <summary>
    /// Whether what is written as a date, without a time of day, lies in the window by the calendar: its day is that of the clock that the window is put by, in whatever zone the record was read.
    /// </summary>
    public bool HoldsDate(Finding finding)
    {
        if (!IsWindow || !IsWrittenAsDate(finding))
            return true;

        var first = finding.Start!.Value.DateTime;
        return !(first >= selection.Window!.Until?.DateTime) && (selection.CurrentInWindow || finding.Resource.IsState || finding.Span?.End is not { } end || !(end.DateTime <= selection.Window!.From?.DateTime));
    }

    private static bool IsWrittenAsDate(Finding finding) => finding is { TimeText.Length: <= 10, Start: not null };

    /// <summary>Whether the resource may speak of the future.</summary>
    public static bool IsPlan(RecordResource resource) =>
        resource.Key.Type is "Appointment" or "ServiceRequest" or "CarePlan" or "Goal" or "MedicationRequest"
        || (resource.Key.Type == "Encounter" && resource.Status == "planned");
}
