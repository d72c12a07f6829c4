using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Reads that a difference is wanted as a percentage: "percentage change", "by what percent did it fall". Percentage points are a plain difference.</summary>
internal static class PercentReader
{
    /// <summary>Claims the words; true when they are there.</summary>
    public static bool Read(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || question[i] is not ("percentage" or "percent" or "percentual" or "proportional" or "pct") || question[i + 1] is "point" or "points" || !IsOfChange(question))
                continue;

            var first = question[i - 1] is "many" && question[i - 2] is "how" ? i - 2 : question[i - 1] is "what" or "which" && question[i - 2] is "by" ? i - 1 : i;
            var span = new TokenSpan(first, i + 1 - first);
            question.Claim(question.IsFree(span) ? span : new TokenSpan(i, 1));
            return true;
        }

        return false;
    }

    /// <summary>The difference as a percentage; what is no difference stays as it is.</summary>
    public static Aggregate? AsPercent(Aggregate? ordering) => ordering switch
    {
        DeltaAggregate delta => delta with { Percent = true },
        TrendAggregate => new DeltaAggregate(Percent: true),
        ChangedAggregate changed => new DeltaAggregate(changed.Last, !changed.Higher, true),
        _ => ordering,
    };

    private static bool IsOfChange(QuestionText question) => question.Tokens.Any(token => ChangeWords.IsNoun(token.Word)) || Enumerable.Range(0, question.Count).Any(i => ChangeWords.ReadAt(at => question[at], i) is not null || question[i] is "changed" or "change");
}
