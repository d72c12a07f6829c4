using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Medicines;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Kinds;

/// <summary>
/// Finds what a question says of the things that are looked through and their kinds never have: a highest diagnosis, an abnormal vaccine, the medicines of a mother. Looked for
/// all the same, nothing would be found, and "none" would be said of what nobody can record.
/// </summary>
internal static class KindConditions
{
    /// <summary>Why the question cannot be asked of the kinds, or null.</summary>
    public static string? FindUnfit(QuestionFrame frame, IReadOnlyList<RecordKind> kinds)
    {
        if (kinds.Count == 0)
            return null;

        if (frame.Value is { Comparison: <= ValueComparison.Outside } && !(kinds is [RecordKind.Patient] && KindChoice.Leading(frame)?.Element == ResultElement.Age) && !kinds.All(kind => KindFamilies.HasValues([kind]) || KindFamilies.AreMedications([kind])))
            return "The question compares with a number what has none; name the measurement.";

        if (frame.Value is { Comparison: ValueComparison.Abnormal or ValueComparison.Normal or ValueComparison.AboveRange or ValueComparison.BelowRange } && kinds.All(HaveNoFindings))
            return "High, low, normal and abnormal are recorded of results; name the measurement.";

        if (frame.Ordering is ExtremeAggregate && frame.Duration is null && kinds.All(HaveNoFindings) && !kinds.All(kind => KindFamilies.AreMedications([kind]) || kind is RecordKind.Immunization || KindFamilies.AreStays([kind])))
            return "The question wants the highest or the lowest of something that has no numbers; name the measurement or the drug.";

        if (kinds is [RecordKind.MicrobiologyTest] && frame.Asking == Asking.Count && KindChoice.Leading(frame)?.Name == "specimen")
            return "Several tests are made of one sample, and the samples are not told apart; ask how many tests were made.";

        return kinds is [RecordKind.FamilyHistory] && AsksOfOwnCare(frame)
            ? "Of relatives a record holds what they suffered from, and not their care; ask for the patient's own, or for the family history of a disease."
            : null;
    }

    private static bool HaveNoFindings(RecordKind kind) => KindFamilies.AreMedications([kind]) || KindFamilies.AreStays([kind])
        || kind is RecordKind.Immunization or RecordKind.Condition or RecordKind.Allergy or RecordKind.FamilyHistory or RecordKind.Procedure or RecordKind.Patient or RecordKind.CarePlan or RecordKind.CareTeam
            or RecordKind.Device or RecordKind.Consent or RecordKind.CareUnit;

    /// <summary>"Her mother's medicines", "visits of his brother": what is only recorded of the patient.</summary>
    private static bool AsksOfOwnCare(QuestionFrame frame) =>
        frame.Medicine != MedicineAsk.None || frame.Attends || frame.Asks.WhereTo || frame.Asks.WhereFrom
        || frame.Topics.Any(mention => mention.Topic.Rank > 1 && mention.Topic.Kinds.Count > 0 && mention.Topic.Kinds.All(IsOwnCare))
        || (frame.Concepts.Count > 0 && frame.Concepts.All(concept => concept.Kinds.Any() && concept.Kinds.All(kind => IsOwnCare(kind) || KindFamilies.HasValues([kind]) && kind is not RecordKind.SocialHistory)));

    private static bool IsOwnCare(RecordKind kind) => KindFamilies.AreMedications([kind]) || KindFamilies.AreStays([kind])
        || kind is RecordKind.Immunization or RecordKind.Procedure or RecordKind.ImagingStudy or RecordKind.Appointment or RecordKind.ServiceRequest or RecordKind.LaboratoryResult or RecordKind.VitalSign or RecordKind.CarePlan;
}
