using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Reads whether a stay ended with the patient's death: "did she die in hospital", "did he die on the last admission".</summary>
internal static class DeathReader
{
    /// <summary>Whether it is asked; the topic of the death leaves the list, that of the stay remains.</summary>
    public static bool Read(QuestionText question, List<TopicMention> topics)
    {
        if (question[0] is not ("did" or "has" or "was") || topics.Find(mention => mention.Topic is { Name: "death", Element: ResultElement.Deceased }) is not { } death
            || !topics.Exists(mention => mention.Topic.Kinds is [RecordKind.HospitalStay or RecordKind.IcuStay or RecordKind.EmergencyVisit] && mention.Topic.Element is null))
            return false;

        topics.Remove(death);

        // "In hospital on the last admission": one stay is named twice.
        if (topics.FindAll(mention => mention.Topic.Kinds is [RecordKind.HospitalStay] && mention.Topic.Element is null) is { Count: > 1 } stays)
        {
            topics.Remove(stays[0]);
            question.Claim(stays[0].Span);
        }

        return true;
    }
}
