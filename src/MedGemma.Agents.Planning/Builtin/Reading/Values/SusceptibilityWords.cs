using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Reads other words for a susceptibility beside an organism: "how does it respond to", "which antibiotics cover", "what works against".</summary>
internal static class SusceptibilityWords
{
    /// <summary>Claims the words and adds the topic that they stand for.</summary>
    public static void Read(QuestionText question, List<TopicMention> topics, IReadOnlyList<ConceptMention> concepts, PlannerLexicon lexicon)
    {
        var isSaid = topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Susceptibility]);
        if (!(concepts.Any(concept => concept.Kinds.Contains(RecordKind.Organism)) || topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Organism])))
            return;

        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            var (words, topic) = question[i] switch
            {
                "respond" or "responds" or "responded" or "react" or "reacts" => (1, "susceptibility"),
                "cover" or "covers" or "covered" or "kill" or "kills" or "treat" or "treats" => (1, "susceptible"),
                "work" or "works" or "worked" or "active" or "effective" or "useful" when question[i + 1] is "against" or "on" or "for" => (2, "susceptible"),
                _ => (0, ""),
            };
            if (words == 0)
                continue;

            var span = new TokenSpan(i, words);
            question.Claim(span);
            if (isSaid)
                return;

            topics.RemoveAll(mention => mention.Topic.Kinds is [RecordKind.Medication] or [RecordKind.Organism]);
            topics.Add(new TopicMention(span, lexicon.FindTopic(topic)!));
            return;
        }
    }
}
