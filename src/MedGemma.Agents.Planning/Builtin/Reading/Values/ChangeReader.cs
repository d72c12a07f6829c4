using System.Collections.Frozen;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Reads verbs of change: "how much has it risen" is a difference, "has it risen" a direction, "has it fallen below 60" only a way to put the comparison.</summary>
internal static class ChangeReader
{
    private static readonly FrozenSet<string> s_changing = new[]
    {
        "risen", "rose", "rise", "rises", "fallen", "fell", "fall", "falls", "improved", "improve", "worsened", "worsen", "deteriorated", "increased", "increase", "decreased", "decrease", "climbed", "dropped", "drop", "declined", "decline",
        "gained", "gain", "lost", "lose", "loss", "move", "moves", "moved", "moving", "shifted", "grown", "shrunk", "upward", "upwards", "downward", "downwards", "rises", "heading",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads and claims the verbs; the aggregate that they ask for, or null.</summary>
    public static Aggregate? Read(QuestionText question, ValueFilter? value, IReadOnlyList<ConceptMention> concepts, Aggregate? ordering)
    {
        // "When did it rise" asks for no direction.
        if (!concepts.Any(IsMeasured) || Enumerable.Range(0, question.Count).Any(i => question[i] is "when" && !question.IsClaimed(i)))
            return null;

        var changes = new List<int>();
        for (var i = 0; i < question.Count; i++)
            if (!question.IsClaimed(i) && (s_changing.Contains(question[i]) || (question[i] is "put" && question[i + 1] is "on") || (question[i] is "going" or "gone" or "go" or "went" or "come" or "came" or "trending" && question[i + 1] is "up" or "down" or "upwards" or "downwards")))
                changes.Add(i);
        if (changes.Count == 0)
            return null;

        foreach (var at in changes)
            question.Claim(new TokenSpan(at, question[at] is "put" or "going" or "gone" or "go" or "went" or "come" or "came" or "trending" ? 2 : 1));

        if (value is not null || ordering is not (null or EarliestAggregate or LatestAggregate or TrendAggregate) || (ordering is TrendAggregate && !AsksHowMuch(question)))
            return null;

        var isFall = changes.TrueForAll(at => ChangeWords.ReadAt(index => question[index], at) is { Up: false });
        return AsksHowMuch(question) || changes.Exists(at => ChangeWords.IsNoun(question[at])) && question[0] is not ("is" or "was" or "any" or "has" or "did")
            ? new DeltaAggregate(ordering is LatestAggregate && IsSinceLast(question) ? 2 : null, isFall)
            : new TrendAggregate();
    }

    /// <summary>"By how many kg did it change": the amount is asked for, not how many there are. Claims the words, and the "vs" between first and last.</summary>
    public static bool ReadAmount(QuestionText question, Aggregate? ordering)
    {
        if (ordering is not DeltaAggregate)
            return false;

        for (var i = 0; i < question.Count; i++)
        {
            if (question[i] is "vs" or "versus" && !question.IsClaimed(i))
                question.Claim(new TokenSpan(i, 1));
            if (question[i] is "how" && question[i + 1] is "many" && question[i + 2] is "kg" or "kgs" or "kilos" or "kilograms" or "points" && question.IsFree(new TokenSpan(i, 3)))
            {
                question.Claim(new TokenSpan(i, 3));
                return true;
            }
        }

        return false;
    }

    private static bool AsksHowMuch(QuestionText question)
    {
        for (var i = 0; i + 1 < question.Count; i++)
            if ((question[i] is "how" && question[i + 1] is "much" or "many") || (question[i] is "what" && question[i + 1] is "change" or "difference") || question[i] is "amount"
                || (question[i] is "how" && question[i + 1] is "did" or "has" or "have" or "does" or "do" && question.Tokens.Any(token => token.Word is "move" or "moved" or "shift" or "shifted")) || (question[i] is "how" && question[i + 1] is "far"))
                return true;

        return false;
    }

    // "Since the last one", without a first.
    private static bool IsSinceLast(QuestionText question) =>
        !question.Tokens.Any(token => token.Word is "first" or "baseline" or "earliest")
        && Enumerable.Range(1, Math.Max(0, question.Count - 1)).Any(i => question[i] is "last" or "latest" && (question[i - 1] is "since" or "from" || (question[i - 1] is "the" or "her" or "his" && question[i - 2] is "since" or "from")));

    private static bool IsMeasured(ConceptMention concept) => concept.Kinds.Any(kind => kind is RecordKind.Observation or RecordKind.LaboratoryResult or RecordKind.VitalSign);
}
