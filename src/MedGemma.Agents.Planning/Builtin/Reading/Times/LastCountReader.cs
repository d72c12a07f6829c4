using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Values;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>Finds how many of the last ones are wanted: "the last three potassiums", "5 most recent BPs".</summary>
internal static class LastCountReader
{
    private const int Most = 100;

    /// <summary>Reads and claims the number with its word; null when a question asks for no number of the last ones.</summary>
    public static int? Read(QuestionText question)
    {
        // "The change between the last two" makes one number of them.
        if (question.Tokens.Any(token => token.Word is "between" or "changed" || ChangeWords.IsNoun(token.Word)) || Enumerable.Range(0, question.Count).Any(i => ChangeWords.ReadAt(at => question[at], i) is not null))
            return null;

        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            if (question[i] is "last" or "latest" or "recent" or "newest" or "past" && IsNumber(question, i + 1, out var after) && question[i + 2] is not ("times" or "time"))
                return Claim(question, new TokenSpan(i, 2), after);

            if (IsNumber(question, i, out var before) && (question[i + 1] is "last" or "latest" or "newest" || question[i + 1] is "most" && question[i + 2] is "recent"))
                return Claim(question, new TokenSpan(i, question[i + 1] is "most" ? 3 : 2), before);
        }

        return null;
    }

    private static bool IsNumber(QuestionText question, int at, out int number)
    {
        number = 0;
        return question[at] is not ("a" or "an" or "one" or "1") && Numbers.TryCardinal(question[at], out number) && number is > 1 and <= Most && !question.IsClaimed(at);
    }

    private static int Claim(QuestionText question, TokenSpan span, int number)
    {
        question.Claim(span);
        return number;
    }
}
