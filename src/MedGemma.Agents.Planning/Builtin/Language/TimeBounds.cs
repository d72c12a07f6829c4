namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Reads the words that say how a window lies to a time: before it ("since", "no later than") and after it ("onwards", "or earlier").</summary>
internal static class TimeBounds
{
    /// <summary>The words before a time, and how many they are; none is "in it".</summary>
    public static (TimeBound Bound, int Words) ReadBefore(QuestionText question, int at) => question[at] switch
    {
        "during" when question[at + 1] is "since" => (TimeBound.Since, 2),
        "during" when question[at + 1] is "until" => (TimeBound.Until, 2),
        "in" or "on" or "at" or "during" when question[at + 1] is "or" && Either(question[at + 2]) is { } either => (either, 3),
        "since" or "from" or "starting" => (TimeBound.Since, question[at + 1] is "from" ? 2 : 1),
        "no" or "not" when question[at + 1] is "later" && question[at + 2] is "than" => (TimeBound.Until, 3),
        "no" or "not" when question[at + 1] is "earlier" or "sooner" && question[at + 2] is "than" => (TimeBound.Since, 3),
        "later" when question[at + 1] is "than" => (TimeBound.After, 2),
        "earlier" when question[at + 1] is "than" => (TimeBound.Before, 2),
        "until" or "till" or "through" or "by" => (TimeBound.Until, 1),
        "up" when question[at + 1] is "to" or "until" or "till" or "through" => (TimeBound.Until, question[at + 2] is "and" && question[at + 3] is "including" ? 4 : 2),
        "before" => (TimeBound.Before, 1),
        "prior" when question[at + 1] is "to" => (TimeBound.Before, 2),
        "after" => (TimeBound.After, 1),
        "in" or "during" or "within" or "inside" or "across" or "over" or "on" or "for" or "between" or "throughout" or "at" => (TimeBound.In, 1),
        _ => (TimeBound.In, 0),
    };

    /// <summary>The words after a time that widen it to one side ("onwards", "or later", "and before"), and how many they are; null when there are none.</summary>
    public static (TimeBound Bound, int Words)? ReadAfter(QuestionText question, int at)
    {
        if (question[at] is "onwards" or "onward" or "forward" or "forwards" or "upwards")
            return (TimeBound.Since, 1);

        if (question[at] is "and" or "or" && question[at + 1] is "onwards" or "onward" or "later" or "after" or "since" or "afterwards" && !IsTimeAhead(question, at + 2))
            return (TimeBound.Since, 2);

        if (question[at] is "and" or "or" && question[at + 1] is "earlier" or "before" && !IsTimeAhead(question, at + 2))
            return (TimeBound.Until, 2);

        return null;
    }

    /// <summary>"From 2018 on", "from 2018 to now": what began is not over.</summary>
    public static int ReadOn(QuestionText question, int at) => question[at] switch
    {
        "on" when question.Count == at + 1 || question.Gap(at + 1).AsSpan().IndexOfAny(",;:-") >= 0 => 1,
        "until" or "till" or "to" or "through" when question[at + 1] is "now" or "today" or "present" => 2,
        "until" or "till" or "to" or "through" when question[at + 1] is "the" && question[at + 2] is "present" => question[at + 3] is "day" or "time" ? 4 : 3,
        "up" when question[at + 1] is "to" or "until" && question[at + 2] is "now" or "today" => 3,
        _ => 0,
    };

    private static TimeBound? Either(string word) => word switch
    {
        "after" or "since" => TimeBound.Since,
        "before" => TimeBound.Until,
        _ => null,
    };

    // "2014 or before 2012" names another time.
    private static bool IsTimeAhead(QuestionText question, int at) => question[at].Length > 0 && char.IsAsciiDigit(question[at][0]);
}
