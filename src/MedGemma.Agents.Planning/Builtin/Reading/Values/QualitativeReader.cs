using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Reads "was the toxin negative", "is he rhesus positive", "was influenza detected": that a test was made is no answer, what it found is.</summary>
internal static class QualitativeReader
{
    /// <summary>Whether it is asked so, with the word claimed; what is named is a test.</summary>
    public static bool Read(QuestionText question, IReadOnlyList<ConceptMention> concepts)
    {
        if (concepts is not [var test] || !ResultMentions.MayResult(test) || question[0] is not ("is" or "was" or "were" or "are" or "did" or "does" or "has" or "have" or "had"))
            return false;

        for (var i = 1; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || question[i] is not ("positive" or "negative" or "reactive" or "detected" or "found" or "identified" or "present" or "detectable") || question[i + 1] is "on" or "in" or "by" && question[i] is "found" or "present")
                continue;

            question.Claim(new TokenSpan(i, question[i + 1] is "for" ? 2 : 1));
            return true;
        }

        return false;
    }
}
