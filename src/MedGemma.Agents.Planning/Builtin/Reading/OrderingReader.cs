using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>Finds the words that say which of several, or what to make of all.</summary>
internal static class OrderingReader
{
    /// <summary>The aggregate that the question's words ask for; of several the last one said.</summary>
    public static Aggregate? Read(QuestionText question)
    {
        Aggregate? found = null;
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || ReadAt(question, i) is not { } aggregate)
                continue;

            // "the highest of the last ..." keeps the stronger word.
            if (found is ExtremeAggregate or StatisticAggregate or TrendAggregate or DeltaAggregate && aggregate is LatestAggregate or EarliestAggregate or NthAggregate)
                continue;

            found = aggregate is DeltaAggregate && IsBetweenLastTwo(question) ? new DeltaAggregate(2) : aggregate;
        }

        return found;
    }

    /// <summary>The aggregate of the word at one place.</summary>
    public static Aggregate? ReadAt(QuestionText question, int at)
    {
        var next = question[at + 1];
        return question[at] switch
        {
            "first" or "earliest" or "initial" or "initially" or "oldest" or "baseline" => new EarliestAggregate(),
            "second" or "next" when next is "to" or "last" => new NthAggregate(-2),
            "last" when next is "but" && question[at + 2] is "one" => new NthAggregate(-2),
            "penultimate" => new NthAggregate(-2),
            "previous" or "prior" => new NthAggregate(-2),
            "last" or "latest" or "recent" or "newest" or "lately" => IsSecondToLast(question, at) ? null : new LatestAggregate(),
            "highest" or "maximum" or "max" or "peak" or "largest" or "greatest" => new ExtremeAggregate(true),
            "lowest" or "minimum" or "min" or "nadir" or "smallest" => new ExtremeAggregate(false),
            "how" when next is "high" => new ExtremeAggregate(true),
            "how" when next is "low" => new ExtremeAggregate(false),
            "since" when next is "when" => new EarliestAggregate(),
            "start" or "started" or "begin" or "began" => new EarliestAggregate(),
            "average" or "mean" or "avg" => new StatisticAggregate(Statistic.Mean),
            "median" => new StatisticAggregate(Statistic.Median),
            "trend" or "trending" or "trends" or "trended" or "rising" or "falling" or "improving" or "worsening" => new TrendAggregate(),
            "change" or "changed" or "difference" or "delta" => new DeltaAggregate(),
            var word when Numbers.TryOrdinal(word, out var n) => new NthAggregate(n),
            _ => null,
        };
    }

    /// <summary>"Since the previous measurement", "between the last two".</summary>
    private static bool IsBetweenLastTwo(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            if (question[i] is "previous" or "prior" || (question[i] is "last" or "latest" && question[i + 1] is "two" or "2"))
                return true;
        }

        return false;
    }

    private static bool IsSecondToLast(QuestionText question, int at) =>
        question[at - 1] is "second" || (question[at - 1] is "to" && question[at - 2] is "second" or "next");
}
