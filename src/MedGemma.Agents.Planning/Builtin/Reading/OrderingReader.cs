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

            // "When did the most recent stay begin": the beginning of that one, not the first.
            if (found is not null && question[i] is "start" or "started" or "begin" or "began" or "commenced" or "onto")
                continue;

            // "The one before the last".
            if (found is NthAggregate { N: < 0 } && aggregate is LatestAggregate)
                continue;

            // "The third most recent", "2nd last": counted from the end.
            if (found is NthAggregate { N: > 0 } counted && aggregate is LatestAggregate && IsOrdinalBefore(question, i))
            {
                found = new NthAggregate(-counted.N);
                continue;
            }

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
            "second" or "next" when next is "to" && question[at + 2] is "last" => new NthAggregate(-2),
            "last" when next is "but" or "bar" && question[at + 2] is "one" => new NthAggregate(-2),
            "but" or "bar" when question[at - 1] is "last" or "recent" && next is "one" => new NthAggregate(-2),
            "before" when question[at - 1] is "one" && next is "last" or "the" => new NthAggregate(-2),
            "before" when IsTheLastOne(question, at + 1) => new NthAggregate(-2),
            "final" when next is not ("" or "yet" or "or" or "result" or "results" or "report" or "reports" or "status" or "diagnosis" or "version") => new LatestAggregate(),
            "penultimate" => new NthAggregate(-2),
            "previous" or "prior" => new NthAggregate(-2),
            "recently" when question[at - 1] is "most" => new LatestAggregate(),
            "last" or "latest" or "recent" or "newest" or "lately" => IsSecondToLast(question, at) ? null : new LatestAggregate(),
            "highest" or "maximum" or "maximal" or "max" or "peak" or "peaked" or "largest" or "greatest" or "heaviest" or "biggest" or "tallest" or "top" or "longest" => new ExtremeAggregate(true),
            "lowest" or "minimum" or "minimal" or "min" or "nadir" or "smallest" or "lightest" or "least" or "shortest" when question[at - 1] is not "at" => new ExtremeAggregate(false),
            "how" when next is "high" => new ExtremeAggregate(true),
            "how" when next is "low" => new ExtremeAggregate(false),
            "this" when next is "time" => new LatestAggregate(),
            "since" when next is "when" => new EarliestAggregate(),
            "start" or "started" or "begin" or "began" or "commenced" => new EarliestAggregate(),
            "onto" when question[at - 1] is "go" or "went" or "gone" or "put" => new EarliestAggregate(),
            "sum" => new StatisticAggregate(Statistic.Sum),
            "average" or "mean" or "avg" => new StatisticAggregate(Statistic.Mean),
            "median" => new StatisticAggregate(Statistic.Median),
            "going" or "gone" or "go" or "went" when next is "up" or "down" => new TrendAggregate(),
            "down" => new TrendAggregate(),
            "trend" or "trending" or "trends" or "trended" or "trajectory" or "climbing" or "dropping" or "increasing" or "decreasing" or "rising" or "falling" or "improving" or "worsening" => new TrendAggregate(),
            "change" or "changed" or "difference" or "delta" => new DeltaAggregate(),
            var word when Numbers.TryOrdinal(word, out var n) => new NthAggregate(n),
            _ => null,
        };
    }

    /// <summary>"The A1c before the latest one", "the time before last": not before the last of something else.</summary>
    private static bool IsTheLastOne(QuestionText question, int at)
    {
        while (question[at] is "the" or "her" or "his" or "my" or "their" or "most")
            at++;
        if (question[at] is not ("last" or "latest" or "recent" or "newest" or "current"))
            return false;

        at++;
        if (question[at] is "one" or "reading" or "result" or "value" or "measurement" or "check" or "test" or "level" or "score")
            at++;
        return question[at].Length == 0 || question.Gap(at).AsSpan().IndexOfAny(",;:-(") >= 0;
    }

    private static bool IsOrdinalBefore(QuestionText question, int at) =>
        Numbers.TryOrdinal(question[at - 1], out _)
        || (question[at - 1] is "most" or "to" or "from" && Numbers.TryOrdinal(question[at - 2], out _))
        || (question[at - 1] is "the" && question[at - 2] is "to" or "from" && Numbers.TryOrdinal(question[at - 3], out _));

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

    private static bool IsSecondToLast(QuestionText question, int at) => question[at - 1] is "to" && question[at - 2] is "second" or "next";
}
