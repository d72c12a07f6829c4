using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Times;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>
/// Reads that two values of one thing are compared: with the one before ("than the previous one", "since the last check", "between the last two"), with the first ("than at baseline"),
/// or with that of a stated time ("than in March"). The form of the question says whether the difference is wanted or only its direction.
/// </summary>
internal static class ComparisonReader
{
    /// <summary>Reads and claims the comparison; null when two values are not compared. The time compared with leaves the windows.</summary>
    /// <param name="question">The clause; its names and windows are claimed already.</param>
    /// <param name="concepts">What it names.</param>
    /// <param name="windows">The times that it states.</param>
    /// <param name="hasAnchor">Whether it states an event.</param>
    /// <param name="higherIsWorse">Whether more of what it names is worse, null where neither way is.</param>
    public static Comparison? Read(QuestionText question, IReadOnlyList<ConceptMention> concepts, List<TimePhrase> windows, bool hasAnchor, bool? higherIsWorse)
    {
        if (concepts.Count == 0 || !concepts.All(IsMeasured) || AsksOtherwise(question))
            return null;

        string Word(int index) => question.IsClaimed(index) && !question.IsTopical(index) ? "" : question[index];
        var directions = new List<(TokenSpan Span, bool Up)>();
        for (var i = 0; i < question.Count; i++)
        {
            if ((ChangeWords.ReadAt(Word, i) ?? JudgedAt(Word(i), higherIsWorse)) is not { } said)
                continue;
            directions.Add((new TokenSpan(i, said.Words), said.Up));
            i += said.Words - 1;
        }

        if (FormOf(question, directions) is not { } isAmount)
            return null;

        // "Did he lose weight between 2019 and 2020" compares the ends of the time.
        var point = ReferencePoints.Find(question, Word, windows, hasAnchor)
            ?? (!isAmount && windows.Exists(phrase => phrase.Inside && question[phrase.Span.First] is "between" or "from") ? new ReferencePoint(ReferencePointKind.First, []) : null);
        if (point is null)
            return null;

        var sides = directions.Select(direction => direction.Up).Distinct().ToArray();
        if (!isAmount && sides.Length == 0)
            return null;

        // "Is it up or down from last time": the sign of the difference says which.
        int? last = point.Kind == ReferencePointKind.Previous ? 2 : null;
        Aggregate aggregate = isAmount || sides.Length > 1 ? new DeltaAggregate(last, Fall: sides is [false]) : new ChangedAggregate(sides[0], last);
        foreach (var direction in directions)
            question.Claim(direction.Span);
        foreach (var span in point.Spans)
            question.Claim(span);
        ClaimAmount(question);

        // "2024 versus 2025" has no direction: the earlier is what the later is compared with.
        var with = point.Dated is not null && sides.Length == 0 && windows.Count == 2 ? windows.MinBy(phrase => phrase.Window.From) : point.Dated;
        if (with is not null)
            windows.Remove(with);
        return new Comparison(aggregate, with) { WithAnchor = point.Kind == ReferencePointKind.Anchor };
    }

    /// <summary>Whether the difference is wanted (true) or only its direction (false); null when the question asks for neither.</summary>
    private static bool? FormOf(QuestionText question, List<(TokenSpan Span, bool Up)> directions)
    {
        var isPolar = false;
        for (var i = 0; i < question.Count; i++)
        {
            if (question[i] is "how" && question[i + 1] is "much" or "many" or "far" or "big" or "large")
                return true;
            if (question[i] is "what" or "calculate" or "compute" or "give" or "tell" or "amount" && !question.Tokens.Any(token => token.Word is "if" or "whether"))
                return question.Tokens.Any(token => ChangeWords.IsNoun(token.Word)) ? true : null;
            isPolar |= question[i] is "is" or "are" or "was" or "were" or "has" or "have" or "had" or "did" or "does" or "do" or "if" or "whether" or "any" && !(i > 0 && question[i] is "is" or "was" && directions.Count == 0);
        }

        if (isPolar)
            return directions.Count == 0 && !question.Tokens.Any(token => token.Word is "change" or "changed" or "different" or "difference") ? null : directions.Count == 0;

        // "Creatinine change from previous", "K - latest minus the one before"; "weight higher than last time?".
        return directions.Count == 0 || directions.Exists(direction => ChangeWords.IsNoun(question[direction.Span.First]))
            ? question.Tokens.Any(token => ChangeWords.IsNoun(token.Word) || token.Word is "minus" or "changed" or "vs" or "versus" or "compared") ? true : null
            : false;
    }

    /// <summary>"Better" and "worse" are a way where only one way is worse.</summary>
    private static (bool Up, int Words)? JudgedAt(string word, bool? higherIsWorse) => (word, higherIsWorse) switch
    {
        ("worse", { } higher) => (higher, 1),
        ("better", { } higher) => (!higher, 1),
        _ => null,
    };

    private static bool AsksOtherwise(QuestionText question) =>
        Enumerable.Range(0, question.Count).Any(i => question[i] is "when" or "which" or "who" or "whom" or "why" or "where" or "highest" or "lowest" or "average" or "mean" or "median" or "maximum" or "minimum" or "trend" && !question.IsClaimed(i));

    /// <summary>"By how many kg", "in percentage points": how the difference is put.</summary>
    private static void ClaimAmount(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) && !question.IsTopical(i))
                continue;
            if (question[i] is "how" && question[i + 1] is "much" or "far" or "big" or "large")
                question.Claim(new TokenSpan(i, 2));
            else if (question[i] is "how" && question[i + 1] is "many")
                question.Claim(new TokenSpan(i, question[i + 2] is "percentage" ? 4 : question[i + 2] is "points" or "kg" or "kgs" or "kilos" or "kilograms" or "pounds" or "lbs" or "units" or "degrees" ? 3 : 2));
            else if (question[i] is "percentage" && question[i + 1] is "points" or "point")
                question.Claim(new TokenSpan(i, 2));
            else if (question[i] is "points" or "point" or "minus" or "vs" or "versus" or "compared" or "change" or "changed" or "difference" or "delta" or "different" or "much" or "move" or "moved" or "shift" or "shifted")
                question.Claim(new TokenSpan(i, 1));
        }
    }

    private static bool IsMeasured(ConceptMention concept) => concept.Kinds.Any(kind => kind is RecordKind.Observation or RecordKind.LaboratoryResult or RecordKind.VitalSign);
}
