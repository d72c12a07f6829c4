using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Times;

namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>Finds what the form of a question asks for.</summary>
internal sealed class AskingReader(PlannerLexicon lexicon)
{
    private static readonly HashSet<string> s_auxiliaries = new(StringComparer.Ordinal)
    {
        "did", "does", "do", "has", "have", "had", "was", "were", "is", "are", "am", "can", "will",
    };

    private static readonly HashSet<string> s_timeNouns = new(StringComparer.Ordinal)
    {
        "time", "times", "date", "dates", "onset", "timing", "occasion", "occasions", "instance", "instances", "occurrence", "occurrences", "moment", "point", "timeframe",
    };

    /// <summary>Reads the form; the question's names and windows are claimed already.</summary>
    public Asking Read(QuestionText question)
    {
        if (TakeYesOrNo(question))
            return Asking.YesNo;

        if (Contains(question, "how", "many") || Contains(question, "how", "often") || CountsNoun(question))
            return Asking.Count;

        if (Enumerable.Range(0, question.Count).Any(i => question[i] is "when" && !question.IsClaimed(i) && TimeAdverbials.IsAskedWhen(question, i)) || (question[question.Count - 1] is "since" && !question.IsClaimed(question.Count - 1)))
            return Asking.Time;

        if (AsksForNamedThing(question))
            return Asking.Plain;

        if (AsksWhich(question))
            return Asking.Name;

        if (AnyFree(question, "if") || AnyFree(question, "whether"))
            return Asking.YesNo;

        if (!HasInterrogative(question) && (IsPolarQuestion(question) || IsPlainlyPolar(question)))
            return Asking.YesNo;

        for (var i = 0; i < question.Count; i++)
            if (!question.IsClaimed(i) && ((s_timeNouns.Contains(question[i]) && !IsLastTime(question, i) && !TimeAdverbials.IsAnyTime(question, i) && !IsOverTime(question, i)) || (question[i] is "day" or "year" or "month" && question[i - 1] is "which" or "what")))
                return Asking.Time;

        if (Enumerable.Range(0, question.Count).Any(i => IsOverTime(question, i)))
            return Asking.All;

        return AnyFree(question, "list") || AnyFree(question, "all") || (AnyFree(question, "show") && !(question[0] is "what" && question[1] is "did" or "does" or "do")) ? Asking.All : Asking.Plain;
    }

    /// <summary>"Time of the last dose", "at what time was ...": a moment is asked for by its noun.</summary>
    public static bool AsksForMoment(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
            if (!question.IsClaimed(i) && question[i] is "time" or "date" or "day" or "year" && (i == 0 || question[i - 1] is "what" or "which"))
                return true;

        return false;
    }

    /// <summary>"... - yes or no", "y/n".</summary>
    private static bool TakeYesOrNo(QuestionText question)
    {
        for (var i = 0; i + 1 < question.Count; i++)
        {
            var or = question[i + 1] is "or" ? 1 : 0;
            var span = new TokenSpan(i, 2 + or);
            if (question[i] is "yes" or "y" && question[i + 1 + or] is "no" or "n" && question.IsFree(span))
            {
                question.Claim(span);
                return true;
            }
        }

        return false;
    }

    /// <summary>"BNP last time" wants what it was, "the last time BNP was taken" wants when.</summary>
    private static bool IsLastTime(QuestionText question, int at) => at == question.Count - 1 && question[at] is "time" or "occasion" && question[at - 1] is "last" or "this" or "first";

    /// <summary>"Kidney function over time" wants the values.</summary>
    private static bool IsOverTime(QuestionText question, int at) => question[at] is "time" && question[at - 1] is "over" or "through" or "across";

    /// <summary>"Ever on warfarin?", "K ever over 5?": a verb is left out, but no value is asked for.</summary>
    private static bool IsPlainlyPolar(QuestionText question) =>
        (AnyFree(question, "ever") || IsInThePast(question)) && OrderingReader.Read(question) is null && !AnyFree(question, "list") && !AnyFree(question, "all") && !AnyFree(question, "show")
        && !Enumerable.Range(0, question.Count).Any(i => !question.IsClaimed(i) && s_timeNouns.Contains(question[i]));

    private static bool IsInThePast(QuestionText question) =>
        Enumerable.Range(1, Math.Max(0, question.Count - 1)).Any(i => question[i] is "past" && question[i - 1] is "the" && !question.IsClaimed(i));

    private static bool CountsNoun(QuestionText question)
    {
        // "Total dialysis sessions" is a count, "total urine output" is none.
        if (AnyFree(question, "total") && question.Tokens.Any(token => token.Word is "sessions" or "episodes" or "visits" or "stays"))
            return true;

        // "Times glucose was above 90", "heparin doses - number".
        if (question.Count > 1 && ((question[0] is "times" && !question.IsClaimed(0)) || (question[question.Count - 1] is "number" && !question.IsClaimed(question.Count - 1) && question.Gap(question.Count - 1).AsSpan().IndexOfAny("-:(,") >= 0)))
            return true;

        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            switch (question[i])
            {
                case "count" or "tally" or "enumerate" or "tabulate":
                case "number" when question[i + 1] is "of":
                case "total" when question[i + 1] is "number" or "count" or "times" or "of" || i + 1 >= question.Count || !question.IsClaimed(i + 1) || question.IsTopical(i + 1):
                case "amount" when question[i + 1] is "of" && question[i + 2] is "medications" or "drugs" or "prescriptions":
                    return true;
            }
        }

        return false;
    }

    /// <summary>"What was my BMI the first time it was measured": an interrogative whose noun is a thing of the record.</summary>
    private static bool AsksForNamedThing(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question[i] is not "what")
                continue;

            var noun = i + 1;
            while (noun < question.Count && !question.IsClaimed(noun)
                && (question[noun] is "is" or "was" or "are" or "were" or "s" or "the" or "my" or "his" or "her" or "their" or "patient" or "a" or "an"
                    || OrderingReader.ReadAt(question, noun) is not null))
                noun++;
            return noun > i + 1 && noun < question.Count && question.IsClaimed(noun) && !question.IsTopical(noun);
        }

        return false;
    }

    /// <summary>"Which ward", "what procedure", "what was the drug": an interrogative straight before a kind of thing.</summary>
    private bool AsksWhich(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question[i] is not ("what" or "which"))
                continue;

            var noun = i + 1;
            if (question[noun] is "type" or "kind" && question[noun + 1] is "of")
                noun += 2;

            for (var length = Math.Min(lexicon.LongestPhrase, question.Count - noun); length > 0; length--)
            {
                var topic = lexicon.FindTopic(question.Words(new TokenSpan(noun, length)));
                if (topic is { Rank: > 1, Element: null, Kinds.Count: > 0 })
                    return true;
            }
        }

        return false;
    }

    private static bool IsPolarQuestion(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if ((question.IsClaimed(i) && !(s_auxiliaries.Contains(question[i]) && question.IsTopical(i))) || question[i] is "for" or "patient" or "the" or "and" or "please" or "s")
                continue;

            if (question[i] is "can" or "could" or "would" or "do" && question[i + 1] is "you")
                return question[i + 2] is "confirm" or "verify" or "check" && !AsksForThing(question, i + 3);

            // "Confirm that ..." stands at the head; "the potassium at the last check" is no request.
            if (question[i] is "confirm" or "verify" or "check" && !Enumerable.Range(0, i).Any(question.IsClaimed))
                return !AsksForThing(question, i + 1);

            return s_auxiliaries.Contains(question[i]);
        }

        return false;
    }

    private static bool HasInterrogative(QuestionText question) => question.Tokens.Any(token => token.Word is "what" or "which" or "who" or "where" or "how");

    private static bool AsksForThing(QuestionText question, int from)
    {
        for (var i = from; i < question.Count; i++)
            if (question[i] is "how" or "what" or "which" or "when" or "date" or "time" or "number" or "name" or "count")
                return true;

        return false;
    }

    private static bool Contains(QuestionText question, string first, string second)
    {
        for (var i = 0; i + 1 < question.Count; i++)
            if (question[i] == first && question[i + 1] == second)
                return true;

        return false;
    }

    private static bool AnyFree(QuestionText question, string word)
    {
        for (var i = 0; i < question.Count; i++)
            if (!question.IsClaimed(i) && question[i] == word)
                return true;

        return false;
    }
}
