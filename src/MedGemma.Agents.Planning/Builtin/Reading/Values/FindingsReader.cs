using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Reads that what something says is wanted, not what it is called: "what did the CT show", "impression of the scan", "what does the last note say".</summary>
internal static class FindingsReader
{
    private static readonly string[] s_verbs = ["show", "showed", "shows", "shown", "say", "says", "said", "find", "found", "reveal", "revealed", "conclude", "concluded", "conclusive", "demonstrate", "demonstrated", "read", "reads", "state", "stated", "report", "reported", "describe", "described", "contain", "contains"];

    private static readonly string[] s_nouns = ["finding", "findings", "conclusion", "conclusions", "impression", "impressions", "result", "results", "report", "reports", "reading", "outcome", "text", "contents"];

    /// <summary>Whether it is, with the words claimed that carry it and would not be understood otherwise.</summary>
    public static bool Read(QuestionText question)
    {
        var asked = false;
        var opening = question[0] is "what" or "whats" or "how" || (question[0] is "and" && question[1] is "what");
        for (var i = 0; i < question.Count; i++)
        {
            asked |= question[i] is "interpretation" or "interpreted" || (question.IsClaimed(i) && question.IsTopical(i) && IsOneText(question, i));
            if (question.IsClaimed(i))
                continue;

            if ((opening && s_verbs.Contains(question[i])) || s_nouns.Contains(question[i]))
            {
                asked = true;
                if (question[i] is "conclude" or "concluded" or "conclusion" or "conclusions" or "impression" or "impressions" or "finding" or "findings" or "demonstrate" or "demonstrated"
                    or "state" or "describe" or "described" or "contain" or "contains" or "contents" or "text" or "revealed")
                    question.Claim(new TokenSpan(i, 1));
            }
        }

        return asked;
    }

    // "Latest CXR report", "histology of the polyp": what it says; "which reports are there" asks for their names.
    private static bool IsOneText(QuestionText question, int at) => question[at] is "report" or "histology" or "histopathology" or "findings" or "result" && question[at - 1] is not ("which" or "type" or "kind")
        && !question.Tokens.Any(token => token.Word is "name" or "called" or "date" or "when" or "status");
}
