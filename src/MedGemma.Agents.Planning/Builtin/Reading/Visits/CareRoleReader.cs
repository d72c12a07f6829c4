using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Reads which member of the care team is asked for: "who is his oncologist", "her GP", "which pulmonologist is on the team".</summary>
internal static class CareRoleReader
{
    private static readonly string[] s_primary = ["primary care", "general practitioner", "family doctor", "family physician", "family medicine", "GP", "PCP"];

    /// <summary>The words that a role says, one of which is enough, with the words of the question claimed; empty when no member is asked for.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="isContent">Whether a token says something that is still to be understood.</param>
    public static IReadOnlyList<string> Read(QuestionText question, Func<int, bool> isContent)
    {
        if (!question.Tokens.Any(token => token.Word is "who" or "which" or "name" or "whose"))
            return [];

        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) && !question.IsTopical(i) || question[i - 1] is "by" || RoleAt(question, i) is not var (words, length) || i + length < question.Count && question[i + length] is "note" or "notes" or "letter" or "report" or "visit" or "appointment")
                continue;

            // "The surgeon who performed the lumpectomy" is asked of the lumpectomy.
            var span = new TokenSpan(i, length);
            if (Enumerable.Range(0, question.Count).Any(other => !span.Contains(new TokenSpan(other, 1)) && isContent(other)))
                return [];

            question.Claim(span);
            return words;
        }

        return [];
    }

    private static (IReadOnlyList<string> Words, int Length)? RoleAt(QuestionText question, int at) => question[at] switch
    {
        "gp" or "pcp" => (s_primary, 1),
        "general" when question[at + 1] is "practitioner" => (s_primary, 2),
        "family" when question[at + 1] is "doctor" or "physician" => (s_primary, 2),
        "primary" when question[at + 1] is "care" && question[at + 2] is "doctor" or "physician" or "provider" or "clinician" => (s_primary, 3),
        "nurse" when question[at + 1] is "practitioner" => (["nurse practitioner"], 2),
        "case" or "social" or "care" when question[at + 1] is "manager" or "worker" or "coordinator" => ([$"{question[at]} {question[at + 1]}"], 2),
        "physical" or "occupational" or "respiratory" or "speech" when question[at + 1] is "therapist" => ([$"{question[at]} therapist"], 2),
        "physiotherapist" => (["physical therapist", "physiotherapist"], 1),
        "surgeon" or "midwife" or "pharmacist" or "dietitian" or "dietician" or "nutritionist" or "psychiatrist" or "dentist" or "therapist" or "podiatrist" => ([question[at]], 1),
        var word when word.EndsWith("ologist", StringComparison.Ordinal) || word is "pediatrician" or "paediatrician" or "obstetrician" or "geriatrician" => ([word.Replace("paed", "ped", StringComparison.Ordinal).Replace("haem", "hem", StringComparison.Ordinal), word], 1),
        _ => null,
    };
}
