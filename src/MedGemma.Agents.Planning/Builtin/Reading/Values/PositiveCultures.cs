using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Reads "positive cultures" as cultures in which an organism grew, and "negative" as asking what came of them.</summary>
internal static class PositiveCultures
{
    /// <summary>Claims the word and adds the topic of organisms; whether it was there.</summary>
    public static bool Read(QuestionText question, List<TopicMention> topics, PlannerLexicon lexicon)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question[i] is not "positive" || question.IsClaimed(i) || question[i + 1] is "for" || !Enumerable.Range(0, question.Count).Any(at => question[at] is "culture" or "cultures"))
                continue;

            var span = new TokenSpan(i, 1);
            question.Claim(span);
            if (!topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Organism]))
                topics.Add(new TopicMention(span, lexicon.FindTopic("organisms")!));
            return true;
        }

        return false;
    }

    /// <summary>"Was the blood culture negative": its report says. Claims the word; cultures that are no reports say by their organisms what did not grow, which is left unread.</summary>
    public static bool ReadNegative(QuestionText question, IReadOnlyList<ConceptMention> concepts)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question[i] is not ("negative" or "sterile") || question.IsClaimed(i) || question[i + 1] is "for" or "rods" or "bacilli" || concepts is not [var culture]
                || !culture.Kinds.Contains(RecordKind.DiagnosticReport) || culture.Kinds.Any(kind => kind is RecordKind.MicrobiologyTest or RecordKind.Organism))
                continue;

            question.Claim(new TokenSpan(i, 1));
            return true;
        }

        return false;
    }
}
