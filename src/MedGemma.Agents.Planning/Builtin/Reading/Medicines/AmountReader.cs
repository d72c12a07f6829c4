using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>Finds that a whole amount is asked for: "how many mL", "in total", "how much", "volume".</summary>
internal static class AmountReader
{
    /// <summary>Reads and claims the words; the names of the question are claimed already ("tidal volume" is one).</summary>
    public static bool Read(QuestionText question)
    {
        var found = false;
        for (var i = 0; i < question.Count; i++)
        {
            if (question[i] is "how" && question[i + 1] is "much")
                found = true;

            if (question.IsClaimed(i))
                continue;

            if (question[i] is "how" && question[i + 1] is "many" && IsVolume(question[i + 2]))
                found |= Claim(question, i, question[i + 3] is "of" ? 4 : 3);
            else if (question[i] is "total" && question[i + 1] is "volume" or "amount")
                found |= Claim(question, i, question[i + 2] is "of" ? 3 : 2);
            else if (question[i] is "total" && question[i - 1] is "in" && !question.IsClaimed(i - 1) && !CountsEvents(question[i + 1]))
                found |= Claim(question, i - 1, 2);
            else if (IsVolume(question[i]) || question[i] is "volume" or "altogether" || (question[i] is "total" && !CountsEvents(question[i + 1])))
                found |= Claim(question, i, 1);
        }

        return found;
    }

    private static bool CountsEvents(string word) =>
        word is "number" or "count" or "times" or "occurrences" or "instances" or "events" or "entries" or "measurements" or "recordings" or "episodes" or "sessions" or "occasions";

    private static bool IsVolume(string word) => word is "ml" or "mls" or "cc" or "ccs" or "millilitres" or "milliliters" or "litres" or "liters";

    private static bool Claim(QuestionText question, int first, int count)
    {
        question.Claim(new TokenSpan(first, count));
        return true;
    }
}
