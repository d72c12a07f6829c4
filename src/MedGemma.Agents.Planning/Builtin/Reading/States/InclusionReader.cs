using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>Reads that some of what is asked for is to be counted too: "counting this one", "including the current admission". It is counted in any case; what else is to be included may widen the question, and stays to be understood.</summary>
internal static class InclusionReader
{
    /// <summary>Claims such words beside visits and stays.</summary>
    public static void Read(QuestionText question, IReadOnlyList<TopicMention> topics)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || question[i] is not ("including" or "incl" or "counting" or "inclusive" or "included") || question[i - 1] is "not" || !topics.Any(mention => mention.Topic.Kinds.Count > 0 && KindFamilies.AreStays(mention.Topic.Kinds)) && !question.Tokens.Any(token => token.Word is "visits" or "visit"))
                continue;

            var last = question[i + 1] is "the" or "her" or "his" or "my" ? i + 2 : i + 1;
            if (question[last] is "this" or "current" or "present" or "ongoing" or "running" && question[last + 1] is "one" or "stay" or "admission" or "visit")
                question.Claim(new TokenSpan(i, last + 2 - i));
        }
    }
}
