using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>Takes the words in which a decision about resuscitation is wrapped: "when was the DNACPR decision made", "is there a DNR order in place", "when was it decided not to resuscitate".</summary>
internal static class CodeStatusReader
{
    private static readonly string[] s_wrapping =
    [
        "decision", "decisions", "decided not to", "decided", "order", "form", "forms", "documentation", "wishes", "preferences", "preference", "in place", "in force", "change to", "changed to", "change", "changed", "changes", "history",
        "not for", "not to be", "not to", "not", "attempt", "attempted", "cpr", "patient s", "of",
    ];

    /// <summary>Whether the history of it is wanted, not what holds now; nothing is claimed where no resuscitation is named.</summary>
    public static bool AsksHistory(QuestionText question, List<TopicMention> topics)
    {
        if (!topics.Exists(mention => mention.Topic.Special == "code-status"))
            return false;

        var asks = question.Tokens.Any(token => token.Word is "ever" or "history" or "previously" or "previous" or "before" or "changes") || (question.Tokens.Any(token => token.Word is "change" or "changed") && question[0] is "has" or "did" or "have" or "how");
        foreach (var words in s_wrapping)
            if (Phrase.Find(question, [words]) is { } span && question.IsFree(span))
                question.Claim(span);

        return asks;
    }
}
