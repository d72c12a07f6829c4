using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Reads whether a result has come: "is the culture back", "has the CT been reported". What is only registered has no result yet.</summary>
internal static class ResultBackReader
{
    private static readonly string[] s_withResult = ["preliminary", "partial", "final", "amended", "corrected", "appended"];

    /// <summary>The statuses of results that are there, with the words claimed; empty when the question does not ask for that.</summary>
    public static IReadOnlyList<string> Read(QuestionText question)
    {
        if (question[0] is not ("is" or "are" or "has" or "have" or "did" or "was" or "were"))
            return [];

        for (var i = 1; i < question.Count; i++)
        {
            if (question.IsClaimed(i) && !question.IsTopical(i))
                continue;

            var isLast = i == question.Count - 1 || question[i + 1] is "yet" or "from" or "for" or "now" || question.IsClaimed(i + 1);
            var first = question[i] switch
            {
                "back" or "through" => question[i - 1] is "come" or "came" or "coming" ? i - 1 : i,
                "reported" or "resulted" or "available" or "ready" or "released" => question[i - 1] is "been" ? i - 1 : i,
                _ => -1,
            };
            if (first < 0 || !isLast)
                continue;

            question.Claim(new TokenSpan(first, i + 1 - first));
            return s_withResult;
        }

        return [];
    }
}
