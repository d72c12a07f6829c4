using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Reads that only visits that took place and are over are meant: "any finished encounter", "the latest completed visit", "finished ones only".</summary>
internal static class FinishedReader
{
    /// <summary>Whether they are; the words are claimed and ask for no end.</summary>
    public static bool Read(QuestionText question, List<TopicMention> topics)
    {
        var visits = topics.FindAll(mention => mention.Topic.Rank > 0 && mention.Topic.Kinds.Count > 0 && KindFamilies.AreStays(mention.Topic.Kinds) && mention.Topic.Element is null);
        if (visits.Count == 0)
            return false;

        for (var i = 0; i < question.Count; i++)
        {
            if (question[i] is not ("finished" or "completed" or "concluded" or "closed") || (question.IsClaimed(i) && !question.IsTopical(i)))
                continue;

            var after = question[i + 1] is "ones" ? i + 2 : i + 1;
            var isBefore = visits.Exists(visit => visit.Span.First == after) || (question[after] is "only" && !question.IsClaimed(after)) || after == i + 2;
            if (!isBefore && question[i - 1] is not "only")
                continue;

            after = question[after] is "only" ? after + 1 : after;
            var first = question[i - 1] is "only" ? i - 1 : i;
            question.Claim(new TokenSpan(first, after - first));
            topics.RemoveAll(mention => mention.Span.First == i && mention.Span.Count == 1);
            return true;
        }

        return false;
    }
}
