using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Reads that amounts of money are wanted together: "total billed in 2021" is a sum, "total number of claims" a count.</summary>
internal static class BillingTotals
{
    /// <summary>Whether they are, with the word claimed so that it counts nothing.</summary>
    public static bool Read(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || question[i] is not ("total" or "altogether" or "overall") || question[i + 1] is "number" or "count")
                continue;

            question.Claim(new TokenSpan(i, 1));
            return true;
        }

        return false;
    }
}
