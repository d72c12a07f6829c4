using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>Tells questions of what should, may or will be from questions of what is recorded: "can I take ibuprofen?" is not whether it was taken.</summary>
internal static class AdviceReader
{
    /// <summary>Whether a clause asks for advice or a forecast.</summary>
    public static bool IsAdvice(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (IsModal(question, i) || IsJudgement(question, i))
                return true;
        }

        return false;
    }

    private static bool IsModal(QuestionText question, int at) => question[at] switch
    {
        // "What medication should I take" is how the orders are asked for; "should I take aspirin" is not.
        "should" or "shall" when IsOfContact(question, at) || (question[at + 1] is "know" or "be" && question[at + 2] is "about" or "aware" or "known") => false,
        "should" or "shall" => question[at - 1] is not ("how" or "when" or "often" or "time" or "day") && question[at + 1] is not ("take" or "not") && !(question[at + 1] is "be" && question[at + 2] is "taking") && !(at > 1 && IsPerson(question[at + 1]) && question[at + 2] is "take"),
        "ought" => true,
        "can" or "could" or "may" or "might" => at <= 1 && ((IsPerson(question[at + 1]) && IsDeed(question[at + 2])) || question[at + 1] is "we"),
        "will" or "would" => at <= 1 && (IsPerson(question[at + 1]) || question[at + 1] is "the" && question[at + 2] is "patient"),
        "need" or "needs" when question.Tokens.Any(token => token.Word is "interpreter" or "translator") => false,
        "need" or "needs" => question[at - 1] is var before && (IsPerson(before) || before is "patient") && question[at - 2] is "do" or "does" or "the" && question[at + 1] is not "to" && question[at - 1] is not "you",
        _ => false,
    };

    private static bool IsJudgement(QuestionText question, int at) => question[at] switch
    {
        "safe" or "ok" or "okay" or "advisable" or "dangerous" or "wise" or "best" => question[at + 1] is "to" or "for" or "treatment" or "drug" or "dose" or "option",
        "diagnose" or "treat" or "cure" when at == 0 || question[at - 1] is "to" or "i" or "we" => true,
        "recommend" or "recommended" when question.Tokens.Any(token => token.Word is "plan" or "plans") && !question.Tokens.Any(token => token.Word is "you" or "we" or "i") => false,
        "recommend" or "recommended" or "advise" or "prognosis" or "likely" or "contraindicated" => true,
        _ => false,
    };

    /// <summary>"Who should we call": who is to be contacted is recorded.</summary>
    private static bool IsOfContact(QuestionText question, int at) =>
        question[at - 1] is "who" or "whom" && question.Tokens.Any(token => token.Word is "call" or "called" or "ring" or "contact" or "contacted" or "notify" or "notified" or "phone" or "inform" or "informed");

    private static bool IsPerson(string word) => word is "i" or "he" or "she" or "they" or "we" or "it";

    private static bool IsDeed(string word) => word is "take" or "use" or "stop" or "start" or "eat" or "drink" or "drive" or "go" or "have" or "get" or "be" or "increase" or "switch" or "skip" or "continue" or "double" or "travel" or "exercise";
}
