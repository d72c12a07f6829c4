using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>Tells where "time" and "when" ask for a time from where they only belong to a phrase: "all time", "at any point in time", "what was it when we first checked".</summary>
internal static class TimeAdverbials
{
    /// <summary>Whether a noun of time at a token only says that any or every time is meant.</summary>
    public static bool IsAnyTime(QuestionText question, int at) =>
        question[at - 1] is "all" or "any" or "some" or "every" or "each" or "over" or "no" or "same" or "that"
        || (question[at] is "time" && question[at - 1] is "in" or "of" && question[at - 2] is "point" or "points" or "moment" or "period" or "all")
        || (question[at] is "point" or "moment" && question[at - 1] is "the" or "this" or "a" && question[at - 2] is "at" && question[at + 1] is not "when")
        || (question[at] is "time" or "times" && question[at - 1] is "the" && question[at - 2] is "at" or "all" or "of");

    /// <summary>Whether "when" at a token asks, and does not open a clause that says of which time something else is asked.</summary>
    public static bool IsAskedWhen(QuestionText question, int at)
    {
        if (question[at - 1] is "and" or "or" or "since" or "know" or "tell" or "me" or "say" or "says" or "show" or "exactly" or "out" || at == question.Count - 1)
            return true;

        if (at == 0)
            return !Enumerable.Range(1, question.Count - 1).Any(i => question.Gap(i).Contains(',', StringComparison.Ordinal) && OpensQuestion(question[i]));

        var interrogative = Enumerable.Range(0, at).Any(i => question[i] is "what" or "which" or "who" or "where" or "how" or "why");
        return !interrogative && !IsPolarOpening(question, at);
    }

    private static bool OpensQuestion(string word) => word is "what" or "which" or "who" or "where" or "how" or "why" or "did" or "was" or "were" or "is" or "are" or "has" or "had" or "does";

    // "Was she febrile when admitted" asks for yes or no, "did you see when" for a time.
    private static bool IsPolarOpening(QuestionText question, int when) =>
        question[0] is "did" or "was" or "were" or "is" or "are" or "has" or "had" or "have" or "does" && when > 2 && question.Gap(when).Trim().Length == 0
        && question[when - 1] is not ("see" or "sure" or "recorded" or "documented" or "noted" or "stated" or "clear");
}
