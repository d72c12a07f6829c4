using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Medicines;

/// <summary>"Which medications were stopped" asks for those that were, by their status; "when was metformin stopped" for an end.</summary>
internal static class StoppedOnly
{
    /// <summary>Drugs are given up for good by these; "no longer taken" are also those that came to their end.</summary>
    private static readonly string[] s_stopped = ["stopped"];

    private static readonly string[] s_over = ["stopped", "completed"];

    /// <summary>Whether only what was stopped is asked for.</summary>
    public static bool Applies(QuestionFrame frame, IReadOnlyList<RecordKind> kinds) =>
        !frame.SaysWhen && frame.Asking != Asking.Time && frame.Concepts.Count == 0 && KindFamilies.AreMedications(kinds)
        && frame.Topics.Any(mention => mention.Topic.Name is "stop" or "come off" or "no longer");

    /// <summary>The selection of what was stopped: orders and statements, as a stopped administration is an infusion that was turned off.</summary>
    public static RecordSelection Of(QuestionFrame frame, RecordSelection selection) => selection with
    {
        Kinds = [RecordKind.MedicationRequest, RecordKind.MedicationStatement],
        Statuses = frame.Topics.Any(mention => mention.Topic.Name is "come off" or "no longer") ? s_over : s_stopped,
        CurrentOnly = false,
    };
}
