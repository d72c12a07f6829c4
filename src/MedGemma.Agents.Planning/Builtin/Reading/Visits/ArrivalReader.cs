using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Reads which way the patient came of several that are named: "did she walk in or come by ambulance".</summary>
internal static class ArrivalReader
{
    private static readonly string[] s_ways =
    [
        "walk|walked in", "walk in", "come|came|arrive|arrived|brought|go by ambulance|helicopter|car|taxi|police", "by ambulance|helicopter|car|taxi|police", "on foot", "in an ambulance", "self referred|referral", "referred by her|his gp", "transferred from another hospital", "by gp referral",
    ];

    /// <summary>Adds the topic of the arrival where two ways or more are put to choice; their words are claimed.</summary>
    /// <returns>True when they are, so that the way is asked for, not whether.</returns>
    public static bool Read(QuestionText question, List<TopicMention> topics, PlannerLexicon lexicon)
    {
        if (!question.Tokens.Any(token => token.Word is "or") || question[0] is not ("did" or "was" or "has" or "were"))
            return false;

        var ways = new List<TokenSpan>();
        for (var i = 0; i < question.Count; i++)
        {
            if (s_ways.Where(words => Phrase.At(question, i, words)).OrderByDescending(words => words.Count(letter => letter == ' ')).FirstOrDefault() is not { } found)
                continue;

            ways.Add(new TokenSpan(i, found.Count(letter => letter == ' ') + 1));
            i = ways[^1].After - 1;
        }

        if (ways.Count < 2 || !Enumerable.Range(ways[0].After, ways[^1].First - ways[0].After).Any(i => question[i] is "or"))
            return false;

        var whole = new TokenSpan(ways[0].First, ways[^1].After - ways[0].First);
        question.Claim(whole);
        topics.RemoveAll(mention => mention.Span.Overlaps(whole));
        topics.Add(new TopicMention(whole, lexicon.FindTopic("mode of arrival")!));
        return true;
    }
}
