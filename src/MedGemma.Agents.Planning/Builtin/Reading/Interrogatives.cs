using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>What the interrogatives of a clause ask for beyond its form: who, where, what for, how often a drug is to be taken.</summary>
/// <param name="Who">A person.</param>
/// <param name="Where">A place, or a place on the body.</param>
/// <param name="WhereTo">Where to: "where did he go".</param>
/// <param name="WhereFrom">Where from: "where did she come from", "how did he arrive".</param>
/// <param name="WhatFor">A reason: "what was it given for", "for which condition".</param>
/// <param name="Frequency">How often something is to be taken, not how often it was.</param>
/// <param name="OnWhichSide">Which of a pair of the body: "which breast".</param>
internal readonly record struct Interrogatives(bool Who, bool Where, bool WhereTo, bool WhereFrom, bool WhatFor, bool Frequency, bool OnWhichSide)
{
    /// <summary>Reads them and claims the words that only put the question.</summary>
    public static Interrogatives Read(QuestionText question)
    {
        var (who, where, to, from, whatFor, frequency, side) = (false, false, false, false, false, false, false);
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            var next = question[i + 1];
            switch (question[i])
            {
                case "who" or "whom" when i == 0 || question[i - 1] is "and" or "by" or "tell" or "me" or "know" or "with" or "from" or "to" or "please":
                    who = true;
                    break;
                case "where":
                    where = true;
                    to |= Follows(question, i, "go", "went", "gone", "discharged", "sent", "transferred", "released");
                    from |= Follows(question, i, "from");
                    break;
                case "how" when Follows(question, i, "arrive", "arrived", "come", "came", "get", "got") && Follows(question, i, "in", "to", "hospital", "ed", "arrive", "arrived") && next is "did" or "was" or "has":
                    from = true;
                    question.Claim(new TokenSpan(i, 1));
                    for (var verb = i + 1; verb < question.Count; verb++)
                        if (question[verb] is "arrive" or "arrived" or "get" or "got" && !question.IsClaimed(verb))
                            question.Claim(new TokenSpan(verb, 1));
                    break;
                case "for" when next is "which" or "what" && IsReason(question[i + 2]):
                    whatFor = true;
                    question.Claim(new TokenSpan(i, 3));
                    break;
                case "for" when next is "what" && (i + 2 == question.Count || question[i + 2] is "was" or "is" or "did" or "does" or "were" or "are"):
                case "what" when next is "for" && i + 2 == question.Count:
                    whatFor = true;
                    question.Claim(new TokenSpan(i, 2));
                    break;
                case "for" when (i == question.Count - 1 || (question.IsClaimed(i + 1) && question[i - 1] is "seen" or "in" or "here" or "there" or "attend" or "attended" or "treated" or "come" or "came" or "admitted" or "hospitalised" or "hospitalized")) && i > 1 && question.Tokens.Any(token => token.Word is "what" or "which"):
                    whatFor = true;
                    question.Claim(new TokenSpan(i, 1));
                    break;
                case "for" when i > 1 && i + 1 < question.Count && question.Tokens.Any(token => token.Word is "what" or "which") && Enumerable.Range(i + 1, question.Count - i - 1).All(question.IsClaimed):
                    whatFor = true;
                    question.Claim(new TokenSpan(i, 1));
                    break;
                case "with" or "for" when IsOfComing(question, i):
                    whatFor = true;
                    question.Claim(new TokenSpan(i, 1));
                    if (question[i - 1] is "present" && !question.IsClaimed(i - 1))
                        question.Claim(new TokenSpan(i - 1, 1));
                    break;
                case "about" when i == question.Count - 1 && question[0] is "what" && question[1] is "was" or "is" or "s":
                    whatFor = true;
                    question.Claim(new TokenSpan(i, 1));
                    break;
                case "what" when Follows(question, i, "brought") && question[i + 1] is "brought":
                    whatFor = true;
                    question.Claim(new TokenSpan(i + 1, question[i + 2] is "him" or "her" or "me" or "them" ? 2 : 1));
                    break;
                case "how" when next is "often" && question[i + 2] is "is" or "are" or "does" or "do" or "should" or "must":
                    frequency = true;
                    break;
                case "which" or "what" when IsOfPair(next):
                    side = true;

                    // "Which arm was the jab given in": no arm is looked for.
                    if (next is "arm" or "side" && question.Tokens.Any(token => token.Word is "vaccine" or "vaccination" or "jab" or "shot" or "immunization" or "immunisation"))
                        question.Claim(new TokenSpan(i + 1, 1));
                    break;
            }
        }

        return new Interrogatives(who, where, to, from, whatFor, frequency, side);
    }

    /// <summary>"What was he admitted with on 2 November", "what did she come to the clinic for in May": the preposition belongs to "what" when nothing that came stands behind it.</summary>
    private static bool IsOfComing(QuestionText question, int at) =>
        Enumerable.Range(0, at).Any(i => question[i] is "what" or "which")
        && Enumerable.Range(0, at).Any(i => question[i] is "admitted" or "hospitalised" or "hospitalized" or "come" or "came" or "present" or "presented" or "presenting" or "brought" or "attend" or "attended" or "arrive" or "arrived" or "seen" or "readmitted" or "see" or "visit" or "go")
        && (at + 1 >= question.Count || question.Gap(at + 1).AsSpan().IndexOfAny(",;(-") >= 0 || question[at + 1] is "on" or "in" or "at" or "during" or "last" or "this" or "when" or "by" || (question[at + 1] is "the" && question[at + 2] is "last" or "first" or "second" or "third" && question[at + 3] is "time"));

    private static bool Follows(QuestionText question, int at, params ReadOnlySpan<string> words)
    {
        for (var i = at + 1; i < question.Count; i++)
            if (words.Contains(question[i]))
                return true;

        return false;
    }

    private static bool IsReason(string word) => word is "condition" or "conditions" or "reason" or "reasons" or "indication" or "indications" or "problem" or "diagnosis" or "disease" or "illness" or "purpose";

    private static bool IsOfPair(string word) =>
        word is "side" or "breast" or "eye" or "ear" or "lung" or "kidney" or "hip" or "knee" or "leg" or "foot" or "ankle" or "arm" or "hand" or "wrist" or "elbow" or "shoulder" or "limb" or "thigh" or "finger" or "toe";
}
