using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>Finds that a question asks how long: "how long", "how many days did it last", "the duration of", "time from ... to ...". A length is never a count.</summary>
internal static class DurationReader
{
    /// <summary>Reads and claims the words that ask for a length, and the verbs that only say that something lasts.</summary>
    public static DurationAsk? Read(QuestionText question, List<TopicMention> topics)
    {
        if (Find(question, topics) is not { } found)
            return null;

        question.Claim(found.Span);
        var isOngoing = (found.Span.Count > 0 && question[found.Span.After] is "has" or "have" or "since") || Enumerable.Range(0, question.Count).Any(i => question[i] is "ago" && !question.IsClaimed(i));
        for (var i = 0; i < question.Count; i++)
        {
            if (!question.IsClaimed(i) && (question[i] is "passed" or "elapsed" or "lasted" or "lasts" or "lasting" or "take" or "took" or "active" or "spend" or "spent" or "apart" || IsVerbLast(question, i)))
                question.Claim(new TokenSpan(i, 1));
        }

        // "How long did it take to resolve": the end is one of its two.
        topics.RemoveAll(mention => mention.Topic.Rank == 0 && mention.Topic.Element == ResultElement.End);
        return new DurationAsk(found.InDays, isOngoing);
    }

    private static (TokenSpan Span, bool InDays)? Find(QuestionText question, List<TopicMention> topics)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question[i] is "how" && !question.IsClaimed(i) && question[i + 1] is "long")
                return (new TokenSpan(i, 2), true);

            if (question[i] is "many" or "number" && !question.IsClaimed(i) && question[i + 1] is var next && IsUnit(question[i] is "number" && next is "of" ? question[i + 2] : next))
            {
                var unit = question[i] is "number" && next is "of" ? i + 2 : i + 1;
                return question[i - 2] is "on" || question[unit + 1] is "old" || question.IsClaimed(unit) ? null : (new TokenSpan(i, unit + 1 - i), question[unit] is "days");
            }

            if (question[i] is "duration" or "length" && !question.IsClaimed(i))
                return (new TokenSpan(i, 1), true);

            if (question[i] is "time" or "interval" or "gap" or "days" or "weeks" or "months" or "years" && !question.IsClaimed(i) && question[i + 1] is "between" or "from" or "since" && IsHead(question, i))
                return (new TokenSpan(i, 1), question[i] is not ("weeks" or "months" or "years"));
        }

        return topics.Exists(mention => mention.Topic.Name == "length of stay") ? (default, true) : null;
    }

    private static bool IsUnit(string word) => word is "days" or "weeks" or "months" or "years" or "hours" or "minutes" or "nights";

    private static bool IsHead(QuestionText question, int at) =>
        Enumerable.Range(0, at).All(i => question[i] is "what" or "whats" or "is" or "was" or "s" or "the" or "give" or "me" or "tell" or "show" or "calculate" or "compute" or "total" or "number" or "of");

    // "How long did her last admission last": the second is the verb.
    private static bool IsVerbLast(QuestionText question, int at) =>
        question[at] is "last" && at > 2 && (at == question.Count - 1 || question[at + 1] is "for" or "in" or "until") && (question.IsClaimed(at - 1) || question[at - 1] is "it" or "they" or "this" or "that");
}
