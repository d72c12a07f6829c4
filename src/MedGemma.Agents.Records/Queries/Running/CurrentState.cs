using MedGemma.Agents.Records.Conditions;
using MedGemma.Agents.Records.Medications;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Whether something is current at the instant of a question, with the reason where it is computed.</summary>
internal static class CurrentState
{
    /// <summary>Whether the finding is current, and why, in words that must be said with it.</summary>
    public static (Admission Admission, string? Reason) Of(Finding finding, PatientRecord record, RecordIndex index, QueryContext context) => finding.Resource.Key.Type switch
    {
        "Encounter" => (IsOngoing(finding, context), null),
        "Condition" or "AllergyIntolerance" => ConditionStates.At(record, finding.Resource, context.AsOf) switch
        {
            PresentCondition present => (Admission.Yes, present.Reason),
            UndeterminedCondition unknown => (Admission.Unknown, unknown.Reason),
            var other => (Admission.No, other.Reason),
        },
        "MedicationRequest" or "MedicationStatement" or "MedicationAdministration" or "MedicationDispense" =>
            Judge(index.Medications.At(finding.Resource, context.AsOf, context.AsOf)),
        _ => (ByStatusAndTime(finding, context), null),
    };

    /// <summary>Whether a medicine was being taken at some moment of a window, and why.</summary>
    public static (Admission Admission, string? Reason) During(Finding finding, QueryWindow window, RecordIndex index, QueryContext context) =>
        Judge(index.Medications.During(finding.Resource, window.From!.Value, window.Until!.Value, context.AsOf));

    private static (Admission Admission, string? Reason) Judge(MedicationState state) => state switch
    {
        CurrentMedication => (Admission.Yes, state.Reason),
        UndeterminedMedication => (Admission.Unknown, state.Reason),
        _ => (Admission.No, state.Reason),
    };

    private static Admission IsOngoing(Finding finding, QueryContext context)
    {
        if (finding.Start is not { } start || finding.Resource.Status is "planned" || start > context.AsOf)
            return Admission.No;
        // A location that is said to be left, or not yet taken, is not where the patient is.
        if (finding.Part >= 0 && LocationStatus(finding) is "completed" or "planned" or "reserved")
            return Admission.No;
        if ((finding.Part >= 0 ? finding.Span?.End : finding.Resource.When?.End) is { } end)
            return end > context.AsOf ? Admission.Yes : Admission.No;

        return finding.Resource.Status is "finished" or "cancelled" ? Admission.Unknown : Admission.Yes;
    }

    private static string? LocationStatus(Finding finding) =>
        ElementCursor.Of(finding.Resource).Children("location").Skip(finding.Part).Take(1).Select(location => location.TryChild("status", out var status) ? status.Text : null).FirstOrDefault();

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
