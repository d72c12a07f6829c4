using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>
/// Keeps words of change from being read as names while names are looked for: "is it lower than last time" names no lower leg, "did the eGFR fall" no fall. Where they are part of a name
/// ("foot drop", "a fall", "lower back") they are left to it.
/// </summary>
internal static class HeldChanges
{
    /// <summary>Claims the words; what is returned is given back when the names are found.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="isName">Whether words are the name of something.</param>
    public static IReadOnlyList<TokenSpan> Hold(QuestionText question, Func<string, bool> isName)
    {
        var held = new List<TokenSpan>();
        var compares = Enumerable.Range(0, question.Count).Any(i => question[i] is "than" or "compared" or "comparing" || (question[i] is "since" or "from" or "on" or "between" && NamesOther(question, i + 1)));
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            // "Greater than 96" is a bound.
            if (question[i + 1] is "than" && question[i + 2] is { Length: > 0 } bound && char.IsAsciiDigit(bound[0]))
                continue;

            var isRelative = question[i] is "relative" && question[i + 1] is "to";
            if (!isRelative && ((!compares && !IsVerb(question, i)) || ChangeWords.ReadAt(at => question[at], i) is null || IsPartOfName(question, i, isName)))
                continue;

            var span = new TokenSpan(i, isRelative ? 2 : 1);
            question.Claim(span);
            held.Add(span);
        }

        return held;
    }

    /// <summary>Gives the words back.</summary>
    public static void Release(QuestionText question, IReadOnlyList<TokenSpan> held)
    {
        foreach (var span in held)
            question.Release(span);
    }

    /// <summary>"Since the previous", "from the last", "between the last two".</summary>
    private static bool NamesOther(QuestionText question, int at)
    {
        while (question[at] is "the" or "his" or "her" or "my" or "their" or "its")
            at++;
        return question[at] is "previous" or "prior" or "preceding" or "last" or "latest" or "first" or "initial" or "baseline" or "earliest" or "most" or "two" or "one" or "penultimate";
    }

    /// <summary>"Did the eGFR fall", "when did it first drop below 2"; "did she fall" and "any falls" are of the patient.</summary>
    private static bool IsVerb(QuestionText question, int at)
    {
        if (question[at] is not ("fall" or "fell" or "fallen" or "drop" or "dropped" or "dip" or "dipped" or "rise" or "rose" or "lose" or "lost"))
            return false;

        var before = at - 1;
        while (question[before] is "first" or "ever" or "then" or "last" or "again" or "also")
            before--;
        if (question[before] is "she" or "he" or "they" or "i" or "we" or "you" or "patient" or "a" or "an" or "the" or "any" or "no" or "of" or "his" or "her" or "my" or "their" or "had" or "after" or "to" or "from" or "with" or "and" or "or" or "recent" or "for" or "")
            return question[at + 1] is "below" or "under" or "above" or "over" || (question[at] is "lose" or "lost" && question[at + 1] is "weight");

        return true;
    }

    private static bool IsPartOfName(QuestionText question, int at, Func<string, bool> isName) =>
        (question[at] is "lower" or "higher" or "greater" or "larger" or "smaller" && question[at + 1].Length > 0 && !Leads(question[at + 1]) && question.Gap(at + 1) == " ")
        || (at > 0 && isName(question.Slice(new TokenSpan(at - 1, 2)))) || (at + 1 < question.Count && !Leads(question[at + 1]) && isName(question.Slice(new TokenSpan(at, 2))));

    private static bool Leads(string word) => word is "than" or "since" or "from" or "below" or "above" or "under" or "over" or "between" or "on" or "in" or "weight" or "now" or "or" or "and" or "today" or "this" or "at" or "is" or "was" or "compared" or "currently" or "when" or "after" or "before";
}
