using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;

namespace MedGemma.Agents.Planning.Builtin.Reading.Topics;

/// <summary>Finds the lexicon's topics in a clause whose names are claimed already.</summary>
internal sealed class TopicSpotter(PlannerLexicon lexicon)
{
    /// <summary>The topics that the clause names by free words, which are claimed; function words stay free.</summary>
    public List<TopicMention> Spot(QuestionText question, List<ConceptMention> concepts)
    {
        var topics = new List<TopicMention>();
        for (var first = 0; first < question.Count; first++)
        {
            for (var length = Math.Min(lexicon.LongestPhrase, question.Count - first); length > 0; length--)
            {
                var span = new TokenSpan(first, length);
                if (!(question.IsFree(span) || EndsName(question, span, concepts)) || lexicon.FindTopic(question.Words(span)) is not { } topic)
                    continue;

                topics.Add(new TopicMention(span, topic));

                // Function words stay free: "given" and "name" are also part of how a question is put.
                if (length > 1 || !lexicon.IsGlue(question[first]))
                    question.ClaimTopic(span);
                first += length - 1;
                break;
            }
        }

        return topics;
    }

    /// <summary>"When was the cystitis over": its end.</summary>
    public void ClaimIsOver(QuestionText question, List<TopicMention> topics)
    {
        var last = question.Count - 1;
        if (question[last] is not "over" || question.IsClaimed(last) || !question.Tokens.Any(token => token.Word is "is" or "was" or "were" or "are"))
            return;

        var span = new TokenSpan(last, 1);
        question.ClaimTopic(span);
        topics.Add(new TopicMention(span, lexicon.FindTopic("resolved")!));
    }

    /// <summary>"Terminal care plan": the name of the record ends within the words that say what it is.</summary>
    private static bool EndsName(QuestionText question, TokenSpan span, List<ConceptMention> concepts) =>
        span.Count > 1 && question.IsFree(new TokenSpan(span.After - 1, 1)) && concepts.Exists(concept => concept.Span.First < span.First && concept.Span.After > span.First && concept.Span.After < span.After);
}
