using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>
/// Reads the occasion at which something was measured: "BP at the last set of obs", "weight at the most recent weighing", "potassium on the first bloods". It says which value is meant and no
/// other event, so that only its ordering is left to be read.
/// </summary>
internal static class OccasionReader
{
    private static readonly string[] s_nouns =
    [
        "check", "checks", "assessment", "measurement", "measurements", "reading", "readings", "recording", "weighing", "weigh in", "vital signs", "vitals", "observations", "observation", "bloods", "blood test",
        "blood tests", "blood draw", "blood sample", "blood work", "lab draw", "labs", "lab", "lab test", "lab tests", "draw", "sample", "test", "testing", "round", "set", "batch of bloods", "set of bloods",
        "set of labs", "round of bloods", "evaluation", "scoring", "time of asking", "occasion", "count", "screening",
    ];

    /// <summary>Claims the words of the occasion but for its ordering, and takes what they named out of the lists.</summary>
    /// <param name="question">The clause; its names and topics are claimed already.</param>
    /// <param name="topics">What its words are about.</param>
    /// <param name="concepts">What it names; all of it is measured.</param>
    public static void Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts)
    {
        for (var i = 1; i < question.Count; i++)
        {
            // "Higher than at the previous check" compares.
            if (question[i] is not ("at" or "on" or "in" or "from" or "during" or "of") || question[i - 1] is "than" or "to" or "as" or "since" || question.IsClaimed(i) || IsCompared(question, i) || ReadAt(question, i) is not var (ordering, noun))
                continue;

            // What is named there and nowhere else is what is asked for.
            var named = concepts.FindAll(concept => concept.Span.Overlaps(noun));
            if (named.Count > 0 && named.Count == concepts.Count)
                continue;

            topics.RemoveAll(mention => mention.Span.Overlaps(noun));
            concepts.RemoveAll(named.Contains);
            question.Claim(new TokenSpan(i, ordering.First - i));
            question.Claim(noun);
            return;
        }
    }

    private static bool IsCompared(QuestionText question, int at) =>
        question[at] is "from" && question.Tokens.Any(token => ChangeWords.IsNoun(token.Word) || token.Word is "changed" or "up" or "down" or "higher" or "lower" or "risen" or "fallen" or "gained" or "lost");

    private static (TokenSpan Ordering, TokenSpan Noun)? ReadAt(QuestionText question, int at)
    {
        var first = at + 1;
        while (question[first] is "the" or "his" or "her" or "my" or "their" or "a")
            first++;
        if (OrderingReader.ReadAt(question, first) is null && question[first] is not "most")
            return null;

        var after = question[first] is "most" ? first + 2 : first + 1;
        if (question[after - 1] is not ("last" or "latest" or "recent" or "newest" or "first" or "earliest" or "initial" or "previous"))
            return null;

        for (var length = Math.Min(3, question.Count - after); length > 0; length--)
        {
            var noun = new TokenSpan(after, length);
            if (s_nouns.Contains(question.Words(noun)) && question.IsFree(new TokenSpan(first, after - first)))
                return (new TokenSpan(first, after - first), noun);
        }

        return null;
    }
}
