using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Finds "was it high", "any low sodium": beside the record's own reference range, when what is named is measured.</summary>
internal static class RangeSideReader
{
    /// <summary>Reads and claims the word; the names of the question are claimed already ("low molecular weight heparin" is one).</summary>
    public static ValueFilter? Read(QuestionText question)
    {
        // "High or low?" asks which.
        if (question.Tokens.Any(token => token.Word is "low" or "reduced") && question.Tokens.Any(token => token.Word is "high" or "raised" or "elevated"))
            return null;

        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || question[i - 1] is "how")
                continue;

            ValueComparison? side = question[i] switch
            {
                "high" or "raised" or "elevated" => ValueComparison.AboveRange,
                "low" or "reduced" => ValueComparison.BelowRange,
                _ => null,
            };
            if (side is not { } comparison)
                continue;

            question.Claim(new TokenSpan(question[i - 1] is "too" ? i - 1 : i, question[i - 1] is "too" ? 2 : 1));
            return new ValueFilter(comparison, 0, null);
        }

        return null;
    }
}
