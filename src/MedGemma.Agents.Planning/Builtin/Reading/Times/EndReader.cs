using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>Finds ends that no single word tells: "when was it over", "considered healed", "left the ICU", "moved out of intensive care", "how did the visit end", "by when".</summary>
internal static class EndReader
{
    /// <summary>Adds the topic of the end, and claims its words.</summary>
    /// <returns>True when it is asked how a stay ended: where the patient went.</returns>
    public static bool Read(QuestionText question, List<TopicMention> topics, PlannerLexicon lexicon)
    {
        if (lexicon.FindTopic("resolved") is not { } resolution || lexicon.FindTopic("ended") is not { } end)
            return false;

        if (topics.TrueForAll(mention => mention.Topic.Rank != 0) && question[0] is "when" && question[question.Count - 1] is "over" or "gone" && !question.IsClaimed(question.Count - 1))
            Add(question, topics, resolution, new TokenSpan(question.Count - 1, 1));

        // "By when", "by which date": when it is to be over.
        for (var at = 0; at < question.Count - 1; at++)
            if (question[at] is "by" && (question[at + 1] is "when" || (question[at + 1] is "which" or "what" && question[at + 2] is "date" or "day")))
                Add(question, topics, end, new TokenSpan(at, question[at + 1] is "when" ? 2 : 3));

        foreach (var mention in topics.Where(mention => mention.Topic.IsResolution).ToList())
            if (question[mention.Span.First - 1] is "considered" or "deemed" or "declared" or "judged" or "thought" or "felt" && !question.IsClaimed(mention.Span.First - 1))
                question.Claim(new TokenSpan(mention.Span.First - 1, 1));

        // "Discharged from the ICU": the end of that stay, not of the hospital's.
        if (topics.Find(mention => mention.Topic.Name == "discharge" && IsFrom(question, mention.Span.After, topics)) is { } discharge)
        {
            topics.Remove(discharge);
            topics.Add(new TopicMention(discharge.Span, end));
        }

        foreach (var stay in topics.Where(mention => mention.Topic.Element is null && mention.Topic.Rank > 3 && KindFamilies.AreStays(mention.Topic.Kinds)).ToList())
        {
            var before = stay.Span.First - 1;
            while (question[before] is "the" or "her" or "his" or "my" or "their" && !question.IsClaimed(before))
                before--;
            if (Leaving(question, before) is { } leaving)
                Add(question, topics, end, leaving);
        }

        var isDischarged = question[0] is "how" && question[1] is "was" or "were" && topics.Exists(mention => mention.Topic.Name == "discharge" && question[mention.Span.First] is "discharged" && mention.Span.After is var after && (after == question.Count || question[after] is "after" or "from" or "on" or "in" or "at"));
        if (isDischarged)
        {
            question.Claim(new TokenSpan(0, 2));
            return true;
        }

        var isHow = question[0] is "how" && question[1] is "did" && topics.Exists(mention => mention.Topic == end || (mention.Topic.Name == "discharge" && question[mention.Span.First] is "leave" or "left")) && topics.Exists(mention => mention.Topic.Rank > 0 && KindFamilies.AreStays(mention.Topic.Kinds));
        if (isHow)
        {
            topics.RemoveAll(mention => mention.Topic == end);
            question.Claim(new TokenSpan(0, 2));
        }

        return isHow;
    }

    private static bool IsFrom(QuestionText question, int at, List<TopicMention> topics)
    {
        var next = at + 1;
        while (question[next] is "the" or "her" or "his" or "my")
            next++;
        return question[at] is "from" && topics.Exists(mention => mention.Span.First == next && mention.Topic is { Element: null, Kinds: not [RecordKind.HospitalStay], Rank: > 3 } && KindFamilies.AreStays(mention.Topic.Kinds));
    }

    /// <summary>"Leave", "left", "came out of", "discharged from" straight before a stay.</summary>
    private static TokenSpan? Leaving(QuestionText question, int at)
    {
        if (question.IsClaimed(at))
            return null;

        if (question[at] is "leave" or "leaves" or "left" or "leaving" or "exit" or "exited")
            return new TokenSpan(at, 1);

        return question[at] is "of" && question[at - 1] is "out" && question[at - 2] is "move" or "moved" or "come" or "came" or "get" or "got" or "go" or "went" or "step" or "stepped" or "transferred" && !question.IsClaimed(at - 1) && !question.IsClaimed(at - 2)
            ? new TokenSpan(at - 2, 3)
            : null;
    }

    private static void Add(QuestionText question, List<TopicMention> topics, Topic topic, TokenSpan span)
    {
        question.ClaimTopic(span);
        topics.Add(new TopicMention(span, topic));
    }
}
