using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Reads "positive cultures" as cultures in which an organism grew.</summary>
internal static class PositiveCultures
{
    /// <summary>Claims the word and adds the topic of organisms.</summary>
    public static void Read(QuestionText question, List<TopicMention> topics, PlannerLexicon lexicon)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question[i] is not "positive" || question.IsClaimed(i) || question[i + 1] is "for" || !Enumerable.Range(0, question.Count).Any(at => question[at] is "culture" or "cultures"))
                continue;

            var span = new TokenSpan(i, 1);
            question.Claim(span);
            if (!topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Organism]))
                topics.Add(new TopicMention(span, lexicon.FindTopic("organisms")!));
            return;
        }
    }
}
