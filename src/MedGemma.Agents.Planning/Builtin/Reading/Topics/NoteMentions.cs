using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Topics;

/// <summary>Tells notes that are asked for from what is asked of their text.</summary>
internal static class NoteMentions
{
    private static readonly string[] s_sayingWords = ["mention", "mentions", "mentioned", "mentioning", "say", "says", "talk", "talks", "refer", "refers", "discuss", "discusses"];

    /// <summary>Whether it is asked what a text says.</summary>
    public static bool AreAskedWhatTheySay(QuestionText question) => Enumerable.Range(0, question.Count).Any(i => !question.IsClaimed(i) && s_sayingWords.Contains(question[i]));

    /// <summary>Whether the topic is that of notes.</summary>
    public static bool AreNotes(TopicMention mention) => mention.Topic.Kinds is [RecordKind.Document];

    /// <summary>"Have I got an allergy in my notes": the chart, not a text in it.</summary>
    public static bool IsInTheChart(QuestionText question, TopicMention mention) =>
        AreNotes(mention) && question[mention.Span.First] is "notes" && mention.Span.Count == 1 && question[mention.Span.First - 1] is "the" or "my" or "his" or "her" or "your" && question[mention.Span.First - 2] is "in" or "on"
        && !question.Tokens.Any(token => s_sayingWords.Contains(token.Word));

    /// <summary>Whether a name is that of a sort of note, not of what one says.</summary>
    public static bool IsNote(ConceptMention concept, List<TopicMention> topics) =>
        concept.Kinds.Contains(RecordKind.Document) || topics.Exists(mention => AreNotes(mention) && mention.Span == concept.Span);

    /// <summary>"Do the notes mention smoking" asks for the word in a note, not for the smoking status: such topics are taken out and their words given back.</summary>
    public static List<ConceptMention> TakeWordsFrom(List<TopicMention> topics, QuestionText question)
    {
        var named = topics.FindAll(mention => mention.Topic.Concept is not null && !AreNotes(mention));
        topics.RemoveAll(named.Contains);
        return [.. named.Select(mention => new ConceptMention(mention.Span, question.Slice(mention.Span), [], false, new ConceptMatch(question.Slice(mention.Span), [], [], "none", false), []))];
    }
}
