using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>Tells inpatient stays from emergency contacts, where a record says both are hospital stays but tells them apart by their class.</summary>
internal static class StayClasses
{
    /// <summary>The classes that are inpatient in this record; empty when it does not tell them apart, so that every stay is meant.</summary>
    public static IReadOnlyList<string> OfInpatients(PatientRecord record)
    {
        var stays = record.OfKind(RecordKind.HospitalStay);
        return stays.Any(stay => stay.Kinds.Contains(RecordKind.EmergencyVisit))
            ? [.. stays.Where(stay => !stay.Kinds.Contains(RecordKind.EmergencyVisit)).SelectMany(stay => stay.Categories).Select(category => category.Code).OfType<string>().Distinct(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>The classes of admissions: the inpatient ones, unless the record calls emergency contacts admissions by their very name ("Emergency room admission"); empty when every stay is meant.</summary>
    public static IReadOnlyList<string> OfAdmissions(PatientRecord record) =>
        record.OfKind(RecordKind.EmergencyVisit).Any(IsAdmission) ? [] : OfInpatients(record);

    /// <summary>The classes that the topics ask for; empty when every stay is meant.</summary>
    public static IReadOnlyList<string> AskedFor(PatientRecord record, IReadOnlyList<TopicMention> topics) =>
        AreInpatients(topics) ? OfInpatients(record) : topics.Any(mention => mention.Topic.Kinds is [RecordKind.HospitalStay]) ? OfAdmissions(record) : [];

    /// <summary>Whether the words ask for inpatient stays only.</summary>
    public static bool AreInpatients(IEnumerable<TopicMention> topics) => topics.Any(mention => mention.Topic.Special == "inpatient");

    private static bool IsAdmission(RecordResource stay) =>
        stay.Concept is { } concept && ((concept.Text?.Contains("admission", StringComparison.OrdinalIgnoreCase) ?? false) || concept.Codings.Any(coding => coding.Display?.Contains("admission", StringComparison.OrdinalIgnoreCase) ?? false));
}
