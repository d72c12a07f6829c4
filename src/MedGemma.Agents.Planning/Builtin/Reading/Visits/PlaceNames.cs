using MedGemma.Agents.Planning.Builtin.Grounding;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Finds a ward by its name in the record: "was she ever on Neurology", "how long was he on 5 West".</summary>
internal static class PlaceNames
{
    private const int LongestName = 6;

    /// <summary>The name of the place as the record has it, or null; its words are claimed, and the topic of care units is added.</summary>
    public static string? Read(QuestionText question, List<TopicMention> topics, PatientRecord record, Topic careUnit)
    {
        var names = RecordNames.Of(record);
        for (var i = 0; i < question.Count; i++)
        {
            for (var length = Math.Min(LongestName, question.Count - i); length > 0; length--)
            {
                var span = new TokenSpan(i, length);
                // A ward may be called Medicine.
                if (!question.IsFreeOrTopical(span) || IsVisit(topics, span, record) || (length == 1 && !question.IsFree(span) && !topics.Exists(mention => mention.Topic == careUnit)) || topics.Exists(mention => IsOther(mention, careUnit) && !span.Contains(mention.Span)) || !IsIntroduced(question, i, span.After) || names.FindPlace(question.Words(span)) is not { } place)
                    continue;

                return Take(question, topics, span, careUnit, place);
            }
        }

        return null;
    }

    /// <summary>Claims the name of a place, and the verbs that only say that the patient came there; the topic of care units is added.</summary>
    public static string Take(QuestionText question, List<TopicMention> topics, TokenSpan span, Topic careUnit, string place)
    {
        question.Claim(span);
        topics.RemoveAll(mention => span.Contains(mention.Span));
        if (question[span.First - 1] is "the" && !question.IsClaimed(span.First - 1))
            question.Claim(new TokenSpan(span.First - 1, 1));
        foreach (var verb in Enumerable.Range(0, question.Count).Where(at => question[at] is "moved" or "transferred" or "move" or "transfer" or "arrive" or "arrived" && !question.IsClaimed(at)))
            question.Claim(new TokenSpan(verb, 1));
        topics.RemoveAll(mention => mention.Topic is { Kinds: [RecordKind.HospitalStay], Element: null });
        if (!topics.Exists(mention => mention.Topic == careUnit))
            topics.Add(new TopicMention(span, careUnit));
        return place;
    }

    /// <summary>"In the emergency department" is a visit where the record has such visits by themselves.</summary>
    private static bool IsVisit(List<TopicMention> topics, TokenSpan span, PatientRecord record) =>
        topics.Exists(mention => mention.Topic.Kinds is [RecordKind.EmergencyVisit] && span.Contains(mention.Span)) && record.OfKind(RecordKind.EmergencyVisit).Length > 0;

    private static bool IsOther(TopicMention mention, Topic careUnit) =>
        mention.Topic.Rank > 0 && mention.Topic != careUnit && mention.Topic is not { Kinds: [RecordKind.HospitalStay], Element: null };

    private static bool IsIntroduced(QuestionText question, int first, int after)
    {
        var before = question[first - 1] is "the" ? first - 2 : first - 1;
        return question[before] is "on" or "to" or "in" or "at" or "onto" or "from" or "into" || question[after] is "ward" or "unit" or "floor" or "wards";
    }
}
