using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>
/// Reads how sure a diagnosis is to be: "is the DVT confirmed", "unconfirmed diagnoses", "PE ruled out", "verification status of the pneumonia". Provisional and differential are
/// kinds of unconfirmed (http://terminology.hl7.org/CodeSystem/condition-ver-status).
/// </summary>
internal static class CertaintyReader
{
    private static readonly string[] s_all = ["unconfirmed", "provisional", "differential", "confirmed", "refuted"];
    private static readonly string[] s_unsure = ["unconfirmed", "provisional", "differential"];

    /// <summary>What is asked, with its words claimed, or null.</summary>
    /// <param name="question">The clause; names that stand in the record are claimed already ("Suspected lung cancer").</param>
    public static CertaintyAsk? Read(QuestionText question)
    {
        var asksWhich = ClaimStatusItself(question);
        List<string[]> meant = [];
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || Meant(question, i) is not { } found)
                continue;

            var (codes, length) = found;
            var negations = i > 0 && question[i - 1] is "not" or "never" && !question.IsClaimed(i - 1) ? 1 : 0;
            var softeners = question[i - 1 - negations] is "only" or "just" or "merely" or "definitely" or "formally" or "actually" or "really" && !question.IsClaimed(i - 1 - negations) ? 1 : 0;
            meant.Add(negations > 0 ? [.. s_all.Except(codes)] : codes);
            question.Claim(new TokenSpan(i - negations - softeners, length + negations + softeners));
            i += length - 1;
        }

        if (!asksWhich && meant.Count == 0)
            return null;

        // "Confirmed or suspected", "certain or not": one of two is asked for, the status says which.
        if (asksWhich || meant.Count > 1)
        {
            ClaimAlternatives(question);
            return new CertaintyAsk(s_all, true);
        }

        for (var i = 0; i + 1 < question.Count; i++)
            if (question[i] is "or" && question[i + 1] is "not" && question.IsFree(new TokenSpan(i, 2)))
                question.Claim(new TokenSpan(i, 2));

        return new CertaintyAsk(meant[0], false);
    }

    private static bool ClaimStatusItself(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            var length = question[i] switch
            {
                "verification" or "verificationstatus" or "certainty" => question[i + 1] is "status" or "level" ? 2 : 1,
                "diagnostic" when question[i + 1] is "certainty" or "confidence" => 2,
                "how" when question[i + 1] is "certain" or "sure" or "definite" or "confident" or "firm" or "secure" or "likely" => IsAboutPeople(question, i + 2) + 2,
                _ => 0,
            };
            if (length == 0 || !question.IsFree(new TokenSpan(i, length)))
                continue;

            question.Claim(new TokenSpan(i, length));
            for (var before = i - 1; before >= 0 && question[before] is "of" or "level" or "degree"; before--)
                question.Claim(new TokenSpan(before, 1));
            return true;
        }

        return false;
    }

    /// <summary>"How sure are we about": the number of words between the adjective and the thing.</summary>
    private static int IsAboutPeople(QuestionText question, int at) =>
        question[at] is "are" or "were" && question[at + 1] is "we" or "they" or "you" or "doctors" && question[at + 2] is "about" or "of" ? 3 : 0;

    private static (string[] Codes, int Length)? Meant(QuestionText question, int at) => question[at] switch
    {
        "confirmed" or "proven" or "verified" or "definite" or "definitive" or "conclusive" => (["confirmed"], 1),
        "certain" or "sure" when question[at - 1] is "for" or "definitely" || at == question.Count - 1 || question[at + 1] is "or" => (["confirmed"], 1),
        "unconfirmed" or "unverified" or "unproven" or "uncertain" or "unsure" or "doubtful" or "questionable" => (s_unsure, 1),
        "in" when question[at + 1] is "doubt" => (s_unsure, 2),
        "suspected" or "presumed" or "presumptive" or "tentative" or "suspicion" => (s_unsure, 1),
        "possible" or "probable" or "likely" or "working" when IsBeforeNoun(question, at) => (s_unsure, 1),
        "provisional" or "provisionally" => (["provisional"], 1),
        "differential" or "differentials" when question[at + 1] is "diagnosis" or "diagnoses" || question[at - 1] is "a" or "the" or "only" or "as" || at == question.Count - 1 => (["differential"], 1),
        "refuted" or "disproved" or "disproven" => (["refuted"], 1),
        "excluded" when at == question.Count - 1 || question[at + 1] is "as" => (["refuted"], 1),
        "ruled" when question[at + 1] is "out" => (["refuted"], 2),
        _ => null,
    };

    // "Possible" and "likely" also say what may be done.
    private static bool IsBeforeNoun(QuestionText question, int at) => question[at + 1] is "diagnosis" or "diagnoses" or "problem" or "problems" or "condition" or "conditions";

    private static void ClaimAlternatives(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
            if (question[i] is "or" or "just" or "only" or "merely" or "still" && !question.IsClaimed(i) && (question.IsClaimed(i - 1) || question.IsClaimed(i + 1)))
                question.Claim(new TokenSpan(i, 1));
    }
}
