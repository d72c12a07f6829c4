using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Whether something is current at the instant of a question.</summary>
internal static class CurrentState
{
    public static Admission Of(Finding finding, PatientRecord record, QueryContext context) => finding.Resource.Key.Type switch
    {
        "Encounter" => IsOngoing(finding, context),
        _ => ByStatusAndTime(finding, context),
    };

    private static Admission IsOngoing(Finding finding, QueryContext context)
    {
        if (finding.Start is not { } start || finding.Resource.Status is "planned" || start > context.AsOf)
            return Admission.No;
        if (finding.Span?.End is { } end)
            return end > context.AsOf ? Admission.Yes : Admission.No;

        return finding.Resource.Status is "finished" or "cancelled" ? Admission.Unknown : Admission.Yes;
    }

    private static Admission ByStatusAndTime(Finding finding, QueryContext context)
    {
        if (finding.Span?.End is { } end && finding.Resource.IsState && end <= context.AsOf)
            return Admission.No;

        return finding.Resource.Status switch
        {
            "active" or "recurrence" or "relapse" or "in-progress" or "on-hold" or "accepted" => Admission.Yes,
            null or "unknown" => Admission.Unknown,
            _ => Admission.No,
        };
    }
}
