using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>What "I" means: the patient who asks, or the clinician who does.</summary>
internal static class FirstPerson
{
    /// <summary>Whether a clinician asks about themselves ("what did I prescribe"), beyond polite forms ("tell me", "I need to know").</summary>
    public static bool IsOfClinician(QuestionText question, AskerRole asker)
    {
        if (asker != AskerRole.Clinician)
            return false;

        for (var i = 0; i < question.Count; i++)
        {
            if (question[i] is "my" or "mine" or "myself" && question[i + 1] is not ("patient" or "pt"))
                return true;

            if (question[i] is "i" && question[i + 1] is ("have" or "had" or "did" or "was" or "were" or "ve" or "get" or "got" or "take" or "took" or "do" or "prescribe" or "prescribed"
                or "order" or "ordered" or "give" or "gave" or "saw" or "receive" or "received"))
                return true;
        }

        return false;
    }
}
