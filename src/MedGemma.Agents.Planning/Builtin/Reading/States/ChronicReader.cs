using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>Reads "chronic conditions", "long-term problems": those that go on, as a record does not say of a disease that it is chronic.</summary>
internal static class ChronicReader
{
    /// <summary>What the answer says where it was read.</summary>
    public const string Answer = "Which diseases are chronic is not recorded as such; those that are active are given.";

    /// <summary>Whether it stands before diagnoses, with the words claimed.</summary>
    public static bool Read(QuestionText question, List<TopicMention> topics)
    {
        foreach (var mention in topics.Where(mention => mention.Topic.Kinds is [RecordKind.Condition]))
        {
            var at = mention.Span.First - 1;
            var length = question[at] is "chronic" or "longterm" or "longstanding" ? 1 : question[at] is "term" or "standing" && question[at - 1] is "long" ? 2 : 0;
            var span = new TokenSpan(at + 1 - length, length);
            if (length == 0 || !question.IsFree(span))
                continue;

            question.Claim(span);
            return true;
        }

        return false;
    }
}
