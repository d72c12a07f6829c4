using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>Finds the value that another is compared with: "than the one before", "since the last check", "from the first to the latest", "than in March".</summary>
internal static class ReferencePoints
{
    /// <summary>The point, or null.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="word">Its words that no name or time has.</param>
    /// <param name="windows">The times that it states.</param>
    /// <param name="hasAnchor">Whether it states an event.</param>
    public static ReferencePoint? Find(QuestionText question, QuestionWordAt word, IReadOnlyList<TimePhrase> windows, bool hasAnchor)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (ReadLastTwo(word, i) is { } two)
                return new ReferencePoint(ReferencePointKind.Previous, [two]);

            var words = Introduces(word, i);
            if (words == 0)
                continue;

            var at = i + words;
            while (word(at) is "the" or "her" or "his" or "my" or "their" or "its" or "that" or "what" or "it" or "was" or "were" or "is" or "at" or "on" or "s" or "of" or "patient" or "a" or "their" or "she" or "he" or "they")
                at++;
            if (ReadPoint(word, at) is { } point)
            {
                var after = SkipOther(word, point.After);
                return new ReferencePoint(point.Kind, [new TokenSpan(i, after - i)]);
            }

            // "Since 2019" and "from 2016 to 2020" are windows; only what is compared with is one value.
            if (!Compares(word(i)))
                continue;
            if (windows.FirstOrDefault(phrase => phrase.Span.First == at || phrase.Span.First == i + words) is { Inside: true } dated)
                return new ReferencePoint(ReferencePointKind.Dated, [new TokenSpan(i, dated.Span.First - i)], dated);
            if (hasAnchor && question.IsClaimed(at) && !question.IsTopical(at))
                return new ReferencePoint(ReferencePointKind.Anchor, [new TokenSpan(i, at - i)]);
        }

        return null;
    }

    private static bool Compares(string word) => word is "than" or "compared" or "comparing" or "relative" or "versus" or "vs" or "against";

    /// <summary>How many words lead to what is compared with; 0 when none begin here.</summary>
    private static int Introduces(QuestionWordAt word, int at) => word(at) switch
    {
        "than" or "since" or "from" or "versus" or "vs" or "against" or "minus" or "between" => 1,
        "above" or "below" when word(word(at + 1) is "the" or "his" or "her" or "my" ? at + 2 : at + 1) is "previous" or "prior" or "preceding" or "penultimate" => 1,
        "compared" or "comparing" => word(at + 1) is "with" or "to" or "against" ? 2 : 1,
        "relative" when word(at + 1) is "to" => 2,
        "on" when word(at + 1) is "previous" or "prior" or "last" || (word(at + 1) is "the" or "his" or "her" or "my" && word(at + 2) is "previous" or "prior" or "last") => 1,
        "and" when word(at + 1) is "the" or "first" or "previous" or "prior" => 1,
        _ => 0,
    };

    private static (ReferencePointKind Kind, int After)? ReadPoint(QuestionWordAt word, int at)
    {
        switch (word(at))
        {
            case "previous" or "prior" or "preceding" or "penultimate" or "earlier":
                return (ReferencePointKind.Previous, SkipNoun(word, at + 1));
            case "last" or "latest" or "recent" when word(at + 1) is "but" or "bar" && word(at + 2) is "one":
                return (ReferencePointKind.Previous, SkipNoun(word, at + 3));
            case "second" or "next" when word(at + 1) is "to" && word(at + 2) is "last":
                return (ReferencePointKind.Previous, SkipNoun(word, at + 3));
            case "second" when word(at + 1) is "last" or "latest":
                return (ReferencePointKind.Previous, SkipNoun(word, at + 2));
            // "Since the last check", "than last time".
            case "last" when IsOneMeasured(word(at + 1)) || word(at + 1).Length == 0:
                return (ReferencePointKind.Previous, SkipNoun(word, at + 1));
            case "one" or "reading" or "result" or "value" or "measurement" or "check" or "test" or "time" or "level" when word(at + 1) is "before" or "prior" or "preceding":
                return (ReferencePointKind.Previous, SkipThat(word, at + 2));
            case "before" when word(at + 1).Length == 0 || !IsDeterminer(word(at + 1)):
                return (ReferencePointKind.Previous, at + 1);
            case "first" or "initial" or "earliest" or "original" or "oldest" or "baseline":
                return (ReferencePointKind.First, SkipNoun(word, at + 1));
            case "beginning" or "start" or "outset" when !IsDeterminer(word(at + 1)) && word(at + 1) is not "of":
                return (ReferencePointKind.First, at + 1);
            default:
                return null;
        }
    }

    /// <summary>"Between the last two", "over her two most recent readings".</summary>
    private static TokenSpan? ReadLastTwo(QuestionWordAt word, int at)
    {
        var first = word(at) is "between" or "over" or "across" or "in" or "from" ? at + 1 : at;
        while (word(first) is "the" or "his" or "her" or "my" or "their" or "these")
            first++;
        var after = word(first) switch
        {
            "last" or "latest" or "previous" or "recent" when word(first + 1) is "two" or "2" => first + 2,
            "most" when word(first + 1) is "recent" && word(first + 2) is "two" or "2" => first + 3,
            "two" or "2" when word(first + 1) is "last" or "latest" => first + 2,
            "two" or "2" when word(first + 1) is "most" && word(first + 2) is "recent" => first + 3,
            _ => 0,
        };
        return after == 0 ? null : new TokenSpan(at, SkipNoun(word, after) - at);
    }

    /// <summary>"... to the latest", "... and the most recent reading": the other side of the comparison.</summary>
    private static int SkipOther(QuestionWordAt word, int after)
    {
        var at = after;
        if (word(at) is not ("to" or "and" or "until" or "vs" or "versus"))
            return after;
        at++;
        while (word(at) is "the" or "her" or "his" or "my" or "their" or "most")
            at++;
        return word(at) is "last" or "latest" or "recent" or "current" or "newest" or "now" or "today" or "final" or "present" ? SkipNoun(word, at + 1) : after;
    }

    private static int SkipNoun(QuestionWordAt word, int at)
    {
        while ((word(at) is "in" && word(at - 1) is "weigh") || word(at) is "recorded" or "available" or "documented" or "measured" or "known" or "on" or "record" or "ever" || IsOneMeasured(word(at)))
            at++;
        return at;
    }

    private static int SkipThat(QuestionWordAt word, int at) => word(at) is "it" or "that" or "this" or "last" ? at + 1 : at;

    private static bool IsOneMeasured(string word) => word is "one" or "ones" or "weigh" or "weighing" or "occasion" or "time" or "check" or "checks" or "reading" or "readings" or "result" or "results" or "value" or "values" or "measurement" or "measurements"
        or "test" or "tests" or "level" or "levels" or "sample" or "samples" or "draw" or "draws" or "lab" or "labs" or "score" or "scores" or "figure" or "recording" or "recordings" or "set" or "checked" or "measured";

    private static bool IsDeterminer(string word) => word is "the" or "her" or "his" or "my" or "their" or "a" or "an" or "last" or "this" or "that" or "most";
}
